#pragma once

#include "core/image/byte_order.h"

#include <QList>

#include <optional>

namespace vitrine {

/// Numbers of a directory of a TIFF file (classic or BigTIFF), or of the EXIF data in another picture, which
/// have the same form. Whatever offsets and counts the file states, only its own bytes are read.
class TiffDirectory
{
public:
    enum Tag : quint16 {
        NewSubfileType = 254,
        ImageWidth = 256,
        ImageLength = 257,
        BitsPerSample = 258,
        Compression = 259,
        Photometric = 262,
        Orientation = 274,
        SamplesPerPixel = 277,
        PlanarConfiguration = 284,
        SubDirectories = 330,
        ExtraSamples = 338,
        SampleFormat = 339,
        DngVersion = 50706,
    };
    static constexpr int maximumNumbers = 16; ///< Of one tag; the rest is not read.

    /// The first directory; nothing where `bytes` do not begin as TIFF does, or it lies outside of them.
    static std::optional<TiffDirectory> first(const QByteArray& bytes);
    /// Another one of the same file.
    std::optional<TiffDirectory> at(quint64 offset) const;

    bool has(Tag tag) const { return find(tag) != 0; }
    /// Empty where the tag is absent or holds no whole numbers.
    QList<quint64> numbers(Tag tag) const;
    /// The first number of a tag, or what the format says when it is absent.
    quint64 number(Tag tag, quint64 absent) const;

private:
    TiffDirectory(QByteArray bytes, ByteOrder order, bool big);

    quint64 read(quint64 offset, int count) const { return numberAt(m_bytes, offset, count, m_order); }
    quint64 find(quint16 tag) const; ///< Where its entry begins; 0: nowhere.

    QByteArray m_bytes;
    ByteOrder m_order;
    bool m_big;            ///< BigTIFF: 64-bit offsets and counts.
    quint64 m_entries = 0; ///< Where they begin.
    quint64 m_count = 0;   ///< Of entries that lie inside of the file.
};

} // namespace vitrine
