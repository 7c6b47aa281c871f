#include "core/image/image_cache.h"

#include "core/base/tr.h"
#include "core/image/image_file.h"

#include <algorithm>

namespace vitrine {

namespace {

Error gone(const QString& path)
{
    return imageError(
        ErrorKind::NotFound,
        tr("The file \"%1\" is gone since it was opened: put it back, or remove the image and open it "
           "from where it is now."),
        path);
}

Error changed(const QString& path, const QString& detail = {})
{
    return imageError(
        ErrorKind::Malformed,
        tr("The file \"%1\" has changed since it was opened: remove the image and open it again."), path,
        detail);
}

Failure whyUnread(const QString& path, const Failure& failure)
{
    const Error* error = std::get_if<Error>(&failure);
    if (!error || error->kind == ErrorKind::Unreadable)
        return failure;
    return error->kind == ErrorKind::NotFound ? gone(path) : changed(path, error->message);
}

Result<SourceImage> readAgain(const ImageSource& source)
{
    const Result<ImageFile> file = readImageFile(source.path);
    if (!file)
        return whyUnread(source.path, file.failure());
    if (file->sha256 != source.sha256)
        return changed(source.path);
    return decodeImage(source.path, *file);
}

} // namespace

ImageCache::ImageCache(qint64 limit)
{
    setLimit(limit);
}

void ImageCache::setLimit(qint64 limit)
{
    const std::lock_guard lock(m_mutex);
    m_pictures.setMaxCost(static_cast<qsizetype>(std::max<qint64>(limit, 0)));
}

qint64 ImageCache::limit() const
{
    const std::lock_guard lock(m_mutex);
    return m_pictures.maxCost();
}

qint64 ImageCache::bytes() const
{
    const std::lock_guard lock(m_mutex);
    return m_pictures.totalCost();
}

Result<std::shared_ptr<const SourceImage>> ImageCache::picture(const ImageSource& source)
{
    if (Picture kept = peek(source.sha256))
        return kept;
    Result<SourceImage> read = readAgain(source);
    if (!read)
        return read.failure();
    auto image = std::make_shared<const SourceImage>(*std::move(read));
    insert(image);
    return Picture(std::move(image));
}

void ImageCache::insert(std::shared_ptr<const SourceImage> image)
{
    const QByteArray sha256 = image->sha256;
    const qsizetype bytes = image->rgb.sizeInBytes();
    auto entry = std::make_unique<Picture>(std::move(image));
    const std::lock_guard lock(m_mutex);
    m_pictures.insert(sha256, entry.release(), bytes);
}

std::shared_ptr<const SourceImage> ImageCache::peek(const QByteArray& sha256) const
{
    const std::lock_guard lock(m_mutex);
    const Picture* kept = m_pictures.object(sha256);
    return kept ? *kept : nullptr;
}

} // namespace vitrine
