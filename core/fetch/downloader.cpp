#include "core/fetch/downloader.h"

#include "core/fetch/download_job.h"

#include <QDir>
#include <QFileInfo>

namespace vitrine {

QString DownloadRequest::target() const
{
    return QDir(QDir(folder).absolutePath()).filePath(entry.file);
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
    return QFileInfo(PartFile::pathFor(DownloadRequest{entry, {}, folder}.target())).size();
}

bool isHere(const CatalogueEntry& entry, const QString& folder)
{
    return QFileInfo(DownloadRequest{entry, {}, folder}.target()).isFile();
}

} // namespace vitrine
