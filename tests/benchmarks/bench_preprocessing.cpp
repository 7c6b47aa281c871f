#include "core/base/literals.h"
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
    const QString path = folder.filePath(u"photograph.jpg"_s);
    if (!drawnPhotograph().save(path, "JPEG", 90))
        return Error{ErrorKind::Unreadable, u"%1 cannot be written."_s.arg(path), {}};
    const auto image = readImage(path);
    if (!image)
        return image.failure();
    const PhaseTimes times = ImagePhaseTimer(*image).times({});
    const std::pair<QString, PhaseTimes::Time> stages[] = {
        {u"decode"_s, times.decode},
        {u"resize and crop"_s, times.resize},
        {u"normalize"_s, times.normalize},
    };
    std::chrono::nanoseconds all{};
    for (const auto& [name, time] : stages)
        all += time.value();
    std::vector<Row> rows;
    for (const auto& [name, time] : stages)
        rows.push_back({name, milliseconds(*time), ratio(*time, all)});
    rows.push_back({u"all"_s, milliseconds(all), 1});
    printTable(u"Preprocessing of a JPEG of 12 megapixels, median, and share of the whole"_s, rows);
    return Done{};
}

} // namespace

int main(int argc, char** argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    const QGuiApplication application(argc, argv);
    return exitStatus(measure);
}
