#include "core/image/image_ending.h"

#include "core/image/byte_cursor.h"
#include "core/image/jpeg_markers.h"

namespace vitrine {

namespace {

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
        return !readJpegMarkers(bytes).ended;
    if (format == "gif")
        return gifEndsEarly(bytes);
    return decoderRanOut && (format == "bmp" || format == "xbm");
}

} // namespace vitrine
