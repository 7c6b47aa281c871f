#include "core/image/image_reader.h"
#include "core/measure/phase_timing.h"
#include "tests/benchmarks/bench_support.h"

#include <QGuiApplication>
#include <QLinearGradient>
#include <QPainter>
#include <QTemporaryDir>

using namespace vitrine;
using namespace vitrine::bench;

namespace {

/// 12 megapixels of smooth ground and hard edges, so that a JPEG of it has the work of a photograph's.
QImage drawnPhotograph()
{
    QImage image(4000, 3000, QImage::Format_RGB888);
    QPainter painter(&image);
    QLinearGradient ground(0, 0, 4000, 3000);
    ground.setColorAt(0, Qt::darkCyan);
    ground.setColorAt(1, Qt::darkYellow);
    painter.fillRect(image.rect(), ground);
    for (int i = 0; i < 3000; ++i)
        painter.fillRect((i * 7919) % 4000, (i * 104'729) % 3000, 40, 25, QColor::fromHsv(i % 360, 180, 200));
    return image;
}

Status measure()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("photograph.jpg"));
    if (!drawnPhotograph().save(path, "JPEG", 90))
        return Error{ErrorKind::Unreadable, QStringLiteral("%1 cannot be written.").arg(path), {}};
    const auto image = readImage(path);
    if (!image)
        return image.failure();
    const PhaseTimes times = ImagePhaseTimer(*image).times({});
    const std::pair<QString, PhaseTimes::Time> stages[] = {
        {QStringLiteral("decode"), times.decode},
        {QStringLiteral("resize and crop"), times.resize},
        {QStringLiteral("normalize"), times.normalize},
    };
    std::chrono::nanoseconds all{};
    for (const auto& [name, time] : stages)
        all += time.value();
    std::vector<Row> rows;
    for (const auto& [name, time] : stages)
        rows.push_back({name, milliseconds(*time), ratio(*time, all)});
    rows.push_back({QStringLiteral("all"), milliseconds(all), 1});
    printTable(QStringLiteral("Preprocessing of a JPEG of 12 megapixels, median, and share of the whole"),
               rows);
    return Done{};
}

} // namespace

int main(int argc, char** argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    const QGuiApplication application(argc, argv);
    return exitStatus(measure);
}
