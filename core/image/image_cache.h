#pragma once

#include "core/image/image_source.h"

#include <QCache>

#include <mutex>

namespace vitrine {

/// Decoded pictures by the SHA-256 of their files, bounded by the bytes of their pixels: what was used least
/// recently goes first. A picture that went lives on while somebody holds it, and no longer counts.
/// Any number of threads.
class ImageCache
{
public:
    static constexpr qint64 defaultLimit = 256'000'000; ///< Bytes: seven photographs of 12 megapixels.

    explicit ImageCache(qint64 limit = defaultLimit);

    /// Bytes of pixels, at least 0; what is too much goes at once.
    void setLimit(qint64 limit);
    qint64 limit() const;
    /// Bytes of the pixels that are kept; never more than the limit.
    qint64 bytes() const;

    /// The picture of `source`: the one that is kept, or its file read anew and kept. It may have come from
    /// another file with the same content. A file that is gone is a NotFound; one whose content is another
    /// than when it was opened, Malformed. Two threads that ask for the same one may both read it.
    Result<std::shared_ptr<const SourceImage>> picture(const ImageSource& source);
    /// Keeps a picture, unless it alone is larger than the limit. `image` is not null.
    void insert(std::shared_ptr<const SourceImage> image);
    /// Null: it is not kept. Reads no file; counts as a use.
    std::shared_ptr<const SourceImage> peek(const QByteArray& sha256) const;

private:
    using Picture = std::shared_ptr<const SourceImage>;

    mutable std::mutex m_mutex; ///< Of what follows; never held while a file is read.
    QCache<QByteArray, Picture> m_pictures;
};

} // namespace vitrine
