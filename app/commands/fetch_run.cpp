#include "app/commands/fetch_run.h"

#include "app/commands/build.h"
#include "app/commands/command.h"
#include "app/commands/console.h"
#include "app/commands/session_runner.h"
#include "core/base/literals.h"

#include <QEventLoop>
#include <QFileInfo>
#include <QJsonObject>

namespace vitrine::cli {

namespace {

QString timeText(std::chrono::seconds time)
{
    using namespace std::chrono;
    return u"%1:%2"_s.arg(time / 1min).arg((time % 1min).count(), 2, 10, QLatin1Char('0'));
}

QString progressText(const DownloadProgress& progress)
{
    if (progress.totalBytes <= 0)
        return progress.receivedBytes > 0 ? u"%1  %2"_s.arg(progress.step, bytesText(progress.receivedBytes))
                                          : progress.step;
    if (progress.bytesPerSecond <= 0)
        return progress.step;
    QString text = Cli::tr("%1 of %2  %3 %  %4/s")
                       .arg(bytesText(progress.receivedBytes), bytesText(progress.totalBytes))
                       .arg(100 * progress.receivedBytes / progress.totalBytes)
                       .arg(bytesText(static_cast<qint64>(progress.bytesPerSecond)));
    if (const auto remaining = progress.remaining())
        text += u"  "_s + Cli::tr("%1 left").arg(timeText(*remaining));
    return text;
}

QString fileNames(const CatalogueEntry& entry)
{
    return (QStringList{entry.file} + entry.beside).join(u", "_s);
}

void tellStage(const FetchRequest& request, FetchAndBuild::Stage stage)
{
    const DownloadRequest& download = request.download;
    if (stage == FetchAndBuild::Stage::Downloading)
        printErr(Cli::tr("Fetching %1 from %2 into %3 ...")
                     .arg(fileNames(download.entry), download.url().resolved(QUrl(u"."_s)).toDisplayString(),
                          QFileInfo(download.target()).path()));
    if (stage == FetchAndBuild::Stage::Building)
        printErr(
            Cli::tr("Building the variants of %1 in %2 ...").arg(download.entry.name, request.setFolder()));
}

QString partOf(const DownloadRequest& download)
{
    return download.entry.beside.isEmpty() ? download.target() + u".part"_s : download.model();
}

void explainCancelled(const FetchRequest& request, FetchAndBuild::Stage during, qint64 kept)
{
    if (during == FetchAndBuild::Stage::Downloading)
        printError(kept > 0 ? Cli::tr("stopped. %1 are kept in %2; the same command goes on from there.")
                                  .arg(bytesText(kept), partOf(request.download))
                            : Cli::tr("stopped. Nothing of what was being downloaded has arrived."));
}

QJsonObject toJson(const FetchRequest& request, bool wasThere)
{
    return {{u"name"_s, request.download.entry.name},
            {u"path"_s, request.download.model()},
            {u"was_there"_s, wasThere},
            {u"set"_s, request.builds ? QJsonValue(request.setFolder()) : QJsonValue()}};
}

/// Says what is done while it is done.
void report(FetchAndBuild& fetch, const FetchRequest& request)
{
    using Stage = FetchAndBuild::Stage;
    QObject::connect(&fetch, &FetchAndBuild::stageChanged, &fetch,
                     [request](Stage stage) { tellStage(request, stage); });
    QObject::connect(&fetch, &FetchAndBuild::downloadProgressed, &fetch,
                     [](const DownloadProgress& progress) { showProgressLine(progressText(progress)); });
    QObject::connect(&fetch, &FetchAndBuild::cancelled, &fetch,
                     [request](Stage during, qint64 kept) { explainCancelled(request, during, kept); });
}

void runToItsEnd(FetchAndBuild& fetch, const FetchRequest& request, const SessionRunner& runner)
{
    QEventLoop loop;
    QObject::connect(&runner, &SessionRunner::gaveUp, &loop, &QEventLoop::quit);
    const auto quitWhenIdle = [&loop](FetchAndBuild::Stage stage) {
        if (stage == FetchAndBuild::Stage::Idle)
            loop.quit();
    };
    QObject::connect(&fetch, &FetchAndBuild::stageChanged, &loop, quitWhenIdle);
    fetch.start(request);
    if (fetch.stage() != FetchAndBuild::Stage::Idle)
        loop.exec();
}

} // namespace

int runFetch(const FetchRequest& request, bool asJson)
{
    SessionRunner runner;
    FetchAndBuild fetch(runner.session());
    bool wasThereAlready = false;
    report(fetch, request);
    QObject::connect(&runner.interrupts(), &Interrupts::interrupted, &fetch, &FetchAndBuild::cancel);
    QObject::connect(&fetch, &FetchAndBuild::failed, &runner, &SessionRunner::fail);
    QObject::connect(&fetch, &FetchAndBuild::downloaded, &runner, [&](const QString& path, bool wasThere) {
        wasThereAlready = wasThere;
        const QString text = wasThere ? Cli::tr("%1 was there already.") : Cli::tr("%1 is there.");
        if (!asJson)
            printOut(text.arg(path)); // also where the build fails
    });
    runToItsEnd(fetch, request, runner);
    runner.wait();
    if (runner.status() != exitDone)
        return runner.status();
    if (asJson)
        printJson(toJson(request, wasThereAlready));
    return request.builds && !asJson ? printSet(request.setFolder(), false) : exitDone;
}

} // namespace vitrine::cli
