// What it takes to drop many photographs on the window: bench_pictures [how many, by default 1000]
#include "core/base/literals.h"
#include "core/base/process_memory.h"
#include "core/image/image_reader.h"
#include "core/session/comparison_session.h"
#include "tests/benchmarks/bench_support.h"
#include "ui/app_settings.h"
#include "ui/main_window.h"
#include "ui/models/image_list_model.h"
#include "ui/widgets/image_strip.h"
#include "ui/workspace.h"

#include <QApplication>
#include <QBuffer>
#include <QElapsedTimer>
#include <QFile>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTimer>

#include <algorithm>

using namespace vitrine;
using namespace vitrine::bench;

namespace {

constexpr int picturesByDefault = 1000;
constexpr int firstFew = 50;
constexpr QSize twelveMegapixels{4000, 3000};
constexpr int jpegQuality = 85;
constexpr std::chrono::milliseconds heartbeat{1};

/// Blocks of many colours, so that a file is neither empty nor as large as noise.
QByteArray photograph()
{
    QImage blocks(twelveMegapixels / 8, QImage::Format_RGB32);
    QRandomGenerator random(1);
    random.fillRange(reinterpret_cast<quint32*>(blocks.bits()), blocks.sizeInBytes() / 4);
    const QImage image = blocks.scaled(twelveMegapixels, Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
    QByteArray jpeg;
    QBuffer buffer(&jpeg);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, "jpeg", jpegQuality);
    return jpeg;
}

/// The same picture in another file: a comment behind the first marker tells them apart.
QByteArray withComment(const QByteArray& jpeg, int number)
{
    const QByteArray text = QByteArray::number(number).rightJustified(8, '0');
    QByteArray comment("\xff\xfe\0", 3);
    comment.append(static_cast<char>(text.size() + 2)).append(text);
    return QByteArray(jpeg).insert(2, comment);
}

Result<QStringList> writePictures(const QTemporaryDir& folder, int count)
{
    const QByteArray jpeg = photograph();
    QStringList paths;
    for (int i = 0; i < count; ++i) {
        QFile file(folder.filePath(u"%1.jpg"_s.arg(i)));
        const QByteArray content = withComment(jpeg, i);
        if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
            return Error{ErrorKind::Unreadable, u"%1 cannot be written."_s.arg(file.fileName()), {}};
        paths << file.fileName();
    }
    return paths;
}

Result<std::chrono::nanoseconds> timeOfDecoding(const QString& path)
{
    QElapsedTimer timer;
    timer.start();
    const auto image = readImage(path);
    if (!image)
        return image.failure();
    return std::chrono::nanoseconds(timer.nsecsElapsed());
}

/// The longest time for which the event loop did not come round.
class Heartbeat
{
public:
    Heartbeat()
    {
        m_timer.setTimerType(Qt::PreciseTimer);
        QObject::connect(&m_timer, &QTimer::timeout, &m_timer, [this] { beat(); });
        m_timer.start(heartbeat);
        m_sinceBeat.start();
    }

    std::chrono::nanoseconds longest() const { return m_longest; }

private:
    void beat()
    {
        m_longest = std::max(m_longest, std::chrono::nanoseconds(m_sinceBeat.nsecsElapsed()));
        m_sinceBeat.start();
    }

    QTimer m_timer;
    QElapsedTimer m_sinceBeat;
    std::chrono::nanoseconds m_longest{0};
};

struct Times
{
    std::chrono::nanoseconds first{0}; ///< Until some pictures stand in the strip.
    std::chrono::nanoseconds all{0};
    std::chrono::nanoseconds longest{0}; ///< Without a turn of the event loop.
    std::chrono::nanoseconds selecting{0};
};

std::chrono::nanoseconds timeOfSelectingLast(ImageStrip& strip)
{
    QElapsedTimer timer;
    timer.start();
    strip.setCurrentIndex(strip.images()->index(strip.images()->rowCount() - 1));
    QCoreApplication::processEvents();
    return std::chrono::nanoseconds(timer.nsecsElapsed());
}

Result<Times> drop(const QStringList& paths)
{
    ComparisonSession session{EngineRegistry()};
    MainWindow window(session, AppSettings::temporary());
    window.show();
    QCoreApplication::processEvents();
    ImageStrip& strip = *window.workspace().images();
    Times times;
    const Heartbeat pulse;
    QElapsedTimer timer;
    timer.start();
    QObject::connect(strip.images(), &QAbstractItemModel::rowsInserted, &window, [&] {
        const qsizetype rows = strip.images()->rowCount();
        const std::chrono::nanoseconds now(timer.nsecsElapsed());
        if (times.first.count() == 0 && rows >= std::min<qsizetype>(firstFew, paths.size()))
            times.first = now;
        if (rows == paths.size())
            times.all = now;
    });
    QObject::connect(&session, &ComparisonSession::busyChanged, &window, [](bool busy) {
        if (!busy)
            QMetaObject::invokeMethod(qApp, &QCoreApplication::quit, Qt::QueuedConnection);
    });
    window.openFiles(paths);
    QApplication::exec();
    if (times.all.count() == 0)
        return Error{ErrorKind::Engine, u"Not all pictures came into the strip."_s, {}};
    times.longest = pulse.longest();
    times.selecting = timeOfSelectingLast(strip);
    return times;
}

Status measure(int count)
{
    const QTemporaryDir folder;
    const auto paths = writePictures(folder, count);
    if (!paths)
        return paths.failure();
    const auto decode = timeOfDecoding(paths->front());
    if (!decode)
        return decode.failure();
    forgetResidentPeak();
    const qint64 before = residentMemory().now;
    const auto times = drop(*paths);
    if (!times)
        return times.failure();
    const auto row = [&](const QString& what, std::chrono::nanoseconds time) {
        return Row{what, milliseconds(time), ratio(time, *decode)};
    };
    printTable(u"%1 photographs of 12 megapixels, dropped; ratios are to decoding one"_s.arg(count),
               {row(u"decoding one"_s, *decode),
                row(u"the first %1 are in the strip"_s.arg(std::min(count, firstFew)), times->first),
                row(u"all are in the strip"_s, times->all),
                row(u"the longest time without an event"_s, times->longest),
                row(u"selecting the last one"_s, times->selecting)});
    const double picture = 3.0 * twelveMegapixels.width() * twelveMegapixels.height();
    const auto memory = [&](const QString& what, qint64 bytes) {
        return Row{what, megabytes(bytes), static_cast<double>(bytes) / picture};
    };
    printTable(u"Memory of the process; ratios are to the pixels of one"_s,
               {memory(u"before"_s, before), memory(u"at the peak"_s, residentMemory().peak),
                memory(u"at the end"_s, residentMemory().now)});
    return Done{};
}

} // namespace

int main(int argc, char** argv)
{
    if (!qEnvironmentVariableIsSet("DISPLAY") && !qEnvironmentVariableIsSet("WAYLAND_DISPLAY"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    const QApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    const int asked = arguments.size() > 1 ? arguments[1].toInt() : picturesByDefault;
    return exitStatus([&] { return measure(std::max(asked, 1)); });
}
