#include "core/base/literals.h"
#include "core/engine/engine_registry.h"
#include "core/measure/statistics.h"
#include "core/session/comparison_session.h"
#include "tests/benchmarks/bench_support.h"
#include "ui/app_settings.h"
#include "ui/main_window.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QProcess>

#include <string_view>

using namespace vitrine;
using namespace vitrine::bench;

namespace {

constexpr int starts = 15;
constexpr int libTorchWasLoaded = 2;

/// Ends the program when the window has been painted for the first time.
class FirstPaint : public QObject
{
public:
    bool eventFilter(QObject* watched, QEvent* event) override
    {
        if (event->type() == QEvent::Paint)
            QMetaObject::invokeMethod(qApp, &QCoreApplication::quit, Qt::QueuedConnection);
        return QObject::eventFilter(watched, event);
    }
};

bool isLibTorchLoaded()
{
    QFile maps(u"/proc/self/maps"_s);
    return maps.open(QIODevice::ReadOnly) && maps.readAll().contains("libtorch");
}

/// In a process of its own: the empty window, until it is painted.
int showWindow(int argc, char** argv)
{
    const QApplication application(argc, argv);
    ComparisonSession session(EngineRegistry::installed());
    MainWindow window(session, AppSettings::temporary());
    FirstPaint firstPaint;
    window.installEventFilter(&firstPaint);
    window.show();
    QApplication::exec();
    return isLibTorchLoaded() ? libTorchWasLoaded : 0;
}

struct Start
{
    QString what;
    QString program;
    QStringList arguments;
};

Result<std::chrono::nanoseconds> medianTimeOf(const Start& start)
{
    std::vector<std::chrono::nanoseconds> durations;
    for (int i = 0; i < starts; ++i) {
        QElapsedTimer timer;
        timer.start();
        QProcess process;
        process.start(start.program, start.arguments);
        if (!process.waitForFinished() || process.exitCode() != 0)
            return Error{ErrorKind::Unreadable,
                         process.exitCode() == libTorchWasLoaded
                             ? u"The empty window loaded LibTorch."_s
                             : u"%1 %2 failed."_s.arg(start.program, start.arguments.join(u' ')),
                         {}};
        durations.emplace_back(timer.nsecsElapsed());
    }
    return summarize(durations).median;
}

Status measure()
{
    if (!qEnvironmentVariableIsSet("DISPLAY") && !qEnvironmentVariableIsSet("WAYLAND_DISPLAY"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    const QString self = QCoreApplication::applicationFilePath();
    const QString vitrine = QCoreApplication::applicationDirPath() + u"/vitrine"_s;
    const Start torch{u"a program that loads LibTorch"_s, self, {u"--torch"_s}};
    const auto reference = medianTimeOf(torch);
    if (!reference)
        return reference.failure();
    std::vector<Row> rows{{torch.what, milliseconds(*reference), 1}};
    for (const Start& start : {
             Start{u"vitrine --version"_s, vitrine, {u"--version"_s}},
             Start{u"vitrine --help"_s, vitrine, {u"--help"_s}},
             Start{u"the empty window, painted once"_s, self, {u"--window"_s}},
         }) {
        const auto time = medianTimeOf(start);
        if (!time)
            return time.failure();
        rows.push_back({start.what, milliseconds(*time), ratio(*time, *reference)});
    }
    printTable(
        u"From start to end of a process, median of %1, and its ratio to loading LibTorch"_s.arg(starts),
        rows);
    return Done{};
}

} // namespace

int main(int argc, char** argv)
{
    const std::string_view child = argc > 1 ? argv[1] : "";
    if (child == "--window")
        return showWindow(argc, argv);
    const QCoreApplication application(argc, argv);
    if (child == "--torch")
        return EngineRegistry::installed().make(u"libtorch"_s).ok() ? 0 : 1;
    return exitStatus(measure);
}
