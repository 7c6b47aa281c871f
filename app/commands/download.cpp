#include "app/commands/download.h"

#include "app/commands/command.h"
#include "app/commands/console.h"
#include "app/commands/interrupts.h"
#include "core/base/literals.h"

#include <QEventLoop>

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

void explainCancelled(const DownloadRequest& request, qint64 kept)
{
    printError(kept > 0 ? Cli::tr("stopped. %1 are kept in %2.part; the same command goes on from there.")
                              .arg(bytesText(kept), request.target())
                        : Cli::tr("stopped. Nothing was downloaded."));
}

} // namespace

Result<Downloaded> download(const DownloadRequest& request)
{
    const Interrupts interrupts; // before the network's thread
    Downloader downloader;
    Result<Downloaded> result = Cancelled{};
    QEventLoop loop;
    const auto end = [&](Result<Downloaded> ending) {
        result = std::move(ending);
        loop.quit();
    };
    QObject::connect(&interrupts, &Interrupts::interrupted, &downloader, &Downloader::cancel);
    QObject::connect(&downloader, &Downloader::progressed, &loop,
                     [](const DownloadProgress& progress) { showProgressLine(progressText(progress)); });
    QObject::connect(&downloader, &Downloader::finished, &loop, [&](const QString& path, bool wasThere) {
        end(Downloaded{path, wasThere});
    });
    QObject::connect(&downloader, &Downloader::failed, &loop, [&](const Error& error) { end(error); });
    QObject::connect(&downloader, &Downloader::cancelled, &loop, [&](qint64 kept) {
        explainCancelled(request, kept);
        end(Cancelled{});
    });
    printErr(Cli::tr("Fetching %1 from %2 into %3 ...")
                 .arg(request.entry.file, request.baseUrl.toDisplayString(), request.folder));
    downloader.start(request);
    loop.exec();
    clearProgressLine();
    return result;
}

} // namespace vitrine::cli
