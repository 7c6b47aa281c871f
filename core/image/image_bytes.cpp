#include "core/image/image_bytes.h"

#include <algorithm>

namespace vitrine {

namespace {

/// Reads bytes in memory; past the end it yields zeros. `bytes` must outlive it.
class ByteCursor
{
public:
    ByteCursor(const QByteArray& bytes, qsizetype position)
        : m_bytes(bytes), m_position(std::min(position, bytes.size()))
    {
    }

    bool atEnd() const { return m_position >= m_bytes.size(); }
    qsizetype position() const { return m_position; }
    uchar peek() const { return atEnd() ? 0 : static_cast<uchar>(m_bytes[m_position]); }
    uchar next() { return atEnd() ? 0 : static_cast<uchar>(m_bytes[m_position++]); }
    void skip(qint64 count) { m_position += std::min<qint64>(count, m_bytes.size() - m_position); }
    void skipTo(char byte)
    {
        const qsizetype found = m_bytes.indexOf(byte, m_position);
        m_position = found < 0 ? m_bytes.size() : found;
    }
    /// The next `count` bytes (at most 8) as a big-endian number.
    quint64 nextNumber(int count)
    {
        quint64 number = 0;
        for (int i = 0; i < count; ++i)
            number = number << 8 | next();
        return number;
    }

private:
    const QByteArray& m_bytes;
    qsizetype m_position;
};

/// Whether the data's end was there.
bool skipGifData(ByteCursor& cursor)
{
    while (!cursor.atEnd()) {
        const uchar length = cursor.next();
        if (length == 0)
            return true;
        cursor.skip(length);
    }
    return false;
}

void skipGifColors(ByteCursor& cursor, uchar flags)
{
    if (flags & 0x80)
        cursor.skip(qsizetype{3} << ((flags & 7) + 1));
}

bool gifEndsEarly(const QByteArray& bytes)
{
    ByteCursor cursor(bytes, 10);
    skipGifColors(cursor, cursor.next());
    cursor.skip(2);
    while (!cursor.atEnd()) {
        const uchar block = cursor.next();
        if (block == 0x2C) {
            cursor.skip(8);
            skipGifColors(cursor, cursor.next());
            cursor.skip(1);
            return !skipGifData(cursor);
        }
        if (block == 0x21) {
            cursor.skip(1);
            skipGifData(cursor);
        }
    }
    return true;
}

/// Stuffed zeros, fill bytes and restarts belong to the entropy-coded data.
bool startsSegment(uchar marker)
{
    const bool restart = marker >= 0xD0 && marker <= 0xD7;
    return marker > 0x01 && marker != 0xFF && !restart;
}

uchar nextMarker(ByteCursor& cursor)
{
    while (!cursor.atEnd()) {
        cursor.skipTo('\xFF');
        uchar marker = 0xFF;
        while (marker == 0xFF && !cursor.atEnd())
            marker = cursor.next();
        if (startsSegment(marker))
            return marker;
    }
    return 0;
}

/// How a JPEG picture is coded; tables of codes have markers between these.
bool startsFrame(uchar marker)
{
    constexpr uchar huffmanTables = 0xC4;
    constexpr uchar extension = 0xC8;
    constexpr uchar arithmeticTables = 0xCC;
    return marker >= 0xC0 && marker <= 0xCF && marker != huffmanTables && marker != extension &&
           marker != arithmeticTables;
}

bool isText(const QByteArray& type)
{
    return type == "tEXt" || type == "zTXt" || type == "iTXt";
}

/// Of a PNG's chunks: by the fifth bit of its name's first letter.
bool isOptional(const QByteArray& type)
{
    return !type.isEmpty() && (type[0] & 0x20) != 0;
}

} // namespace

CountedBuffer::CountedBuffer(const QByteArray& bytes)
{
    setData(bytes);
    open(QIODevice::ReadOnly | QIODevice::Unbuffered);
}

qint64 CountedBuffer::readData(char* data, qint64 length)
{
    m_ranOut = m_ranOut || length > size() - pos();
    return QBuffer::readData(data, length);
}

bool endsEarly(const QByteArray& bytes, const QByteArray& format, bool decoderRanOut)
{
    if (format == "jpeg")
        return !readJpegMarkers(bytes).ended;
    if (format == "gif")
        return gifEndsEarly(bytes);
    return decoderRanOut && (format == "bmp" || format == "xbm");
}

JpegMarkers readJpegMarkers(const QByteArray& bytes)
{
    constexpr uchar endOfImage = 0xD9;
    constexpr uchar startOfScan = 0xDA;
    constexpr int lengthBytes = 2;
    ByteCursor cursor(bytes, 2);
    JpegMarkers result;
    while (const uchar marker = nextMarker(cursor)) {
        if (marker == endOfImage) {
            result.ended = true;
            break;
        }
        result.scans += marker == startOfScan;
        const auto length = static_cast<int>(cursor.nextNumber(lengthBytes));
        if (startsFrame(marker) && result.frame == 0) {
            result.frame = marker;
            result.precision = cursor.peek();
        }
        cursor.skip(std::max(length - lengthBytes, 0));
    }
    return result;
}

QByteArray withoutPngTexts(const QByteArray& png)
{
    constexpr qint64 signatureBytes = 8;
    constexpr qint64 chunkFrameBytes = 12;
    QByteArray result = png.first(std::min<qint64>(signatureBytes, png.size()));
    ByteCursor cursor(png, result.size());
    while (!cursor.atEnd()) {
        const qsizetype start = cursor.position();
        const auto length = static_cast<qint64>(cursor.nextNumber(4));
        const QByteArray type = png.mid(cursor.position(), 4);
        const bool isCut = length + chunkFrameBytes > png.size() - start;
        cursor.skip(length + chunkFrameBytes - 4);
        if (!isText(type) && !(isCut && isOptional(type)))
            result.append(png.constData() + start, cursor.position() - start);
    }
    return result;
}

} // namespace vitrine
