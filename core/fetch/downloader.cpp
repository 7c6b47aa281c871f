#include "core/fetch/downloader.h"

#include "core/fetch/download_job.h"
#include "core/fetch/fetch_places.h"

#include <QDir>
#include <QFileInfo>

#include <algorithm>

namespace vitrine {

QUrl DownloadRequest::url() const
{
    if (!entry.address.isEmpty() && baseUrl == QUrl(QLatin1String(officialBaseUrl)))
        return QUrl(entry.address).resolved(QUrl(entry.file));
    return baseUrl.resolved(QUrl(entry.folder.isEmpty() ? entry.file : entry.folder + u'/' + entry.file));
}

QString DownloadRequest::target() const
{
    const QDir place(QDir(folder).absolutePath());
    return QDir(QDir::cleanPath(place.filePath(entry.folder))).filePath(entry.file);
}

QString DownloadRequest::model() const
{
    return entry.folder.isEmpty() ? target() : QFileInfo(target()).path();
}

std::optional<std::chrono::seconds> DownloadProgress::remaining() const
{
    if (bytesPerSecond <= 0 || totalBytes <= receivedBytes)
        return std::nullopt;
    return std::chrono::ceil<std::chrono::seconds>(
        std::chrono::duration<double>(static_cast<double>(totalBytes - receivedBytes) / bytesPerSecond));
}

Downloader::Downloader(QObject* parent) : QObject(parent), d(std::make_unique<Private>(*this)) {}

Downloader::~Downloader() = default;

void Downloader::setPatience(const DownloadPatience& patience)
{
    d->patience = patience;
}

void Downloader::start(const DownloadRequest& request)
{
    d->start(request);
}

void Downloader::cancel()
{
    if (isRunning())
        d->cancel();
}

bool Downloader::isRunning() const
{
    return d->running;
}

qint64 keptBytes(const CatalogueEntry& entry, const QString& folder)
{
    qint64 bytes = 0;
    for (const CatalogueEntry& file : filesOf(entry))
        bytes += QFileInfo(PartFile::pathFor(DownloadRequest{file, {}, folder}.target())).size();
    return bytes;
}

bool isHere(const CatalogueEntry& entry, const QString& folder)
{
    return std::ranges::all_of(filesOf(entry), [&folder](const CatalogueEntry& file) {
        return QFileInfo(DownloadRequest{file, {}, folder}.target()).isFile();
    });
}

} // namespace vitrine
