#include "core/image/image_ending.h"

#include <algorithm>

namespace vitrine {

namespace {

/// Reads from memory; past the end it yields zeros and atEnd() stays true.
class ByteCursor
{
public:
    ByteCursor(const QByteArray& bytes, qsizetype position) : m_bytes(bytes), m_position(position) {}

    bool atEnd() const { return m_position >= m_bytes.size(); }
    uchar next() { return atEnd() ? 0 : static_cast<uchar>(m_bytes[m_position++]); }
    void skip(qsizetype count) { m_position += std::min(count, m_bytes.size() - m_position); }
    void skipTo(char byte)
    {
        const qsizetype found = m_bytes.indexOf(byte, m_position);
        m_position = found < 0 ? m_bytes.size() : found;
    }

private:
    const QByteArray& m_bytes;
    qsizetype m_position;
};

constexpr uchar jpegEndOfImage = 0xD9;

/// Stuffed zeros, fill bytes and restarts belong to the entropy-coded data.
bool startsSegment(uchar marker)
{
    const bool restart = marker >= 0xD0 && marker <= 0xD7;
    return marker > 0x01 && marker != 0xFF && !restart;
}

uchar nextJpegMarker(ByteCursor& cursor)
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

bool jpegEndsEarly(const QByteArray& bytes)
{
    ByteCursor cursor(bytes, 2);
    while (const uchar marker = nextJpegMarker(cursor)) {
        if (marker == jpegEndOfImage)
            return false;
        const int high = cursor.next();
        const int length = high << 8 | cursor.next();
        cursor.skip(std::max(length - 2, 0));
    }
    return true;
}

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
        return jpegEndsEarly(bytes);
    if (format == "gif")
        return gifEndsEarly(bytes);
    return decoderRanOut && (format == "bmp" || format == "xbm");
}

} // namespace vitrine
