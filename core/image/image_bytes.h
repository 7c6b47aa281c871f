#pragma once

#include <QBuffer>
#include <QByteArray>

namespace vitrine {

// What Qt's decoders do not tell about a file, or should not be given.

/// Bytes in memory for a decoder, noting whether it asked for more than there were.
class CountedBuffer : public QBuffer
{
public:
    explicit CountedBuffer(const QByteArray& bytes);
    bool ranOut() const { return m_ranOut; }

protected:
    qint64 readData(char* data, qint64 length) override;

private:
    bool m_ranOut = false;
};

/// Whether a file that its decoder read without complaint ends before its picture does. libjpeg and Qt's GIF,
/// BMP and XBM decoders fill what is missing and say nothing.
bool endsEarly(const QByteArray& bytes, const QByteArray& format, bool decoderRanOut);

/// What a JPEG file's markers tell. Thumbnails inside its segments and data after its end do not count.
struct JpegMarkers
{
    bool ended = false; ///< The end-of-image marker was there.
    int scans = 0;      ///< Each makes the decoder go over the whole picture.
    int frame = 0;      ///< The marker of its frame, 0xC0 to 0xCF: how it is coded. 0: there is none.
    int precision = 0;  ///< Bits of a sample, as the frame states them.
};
JpegMarkers readJpegMarkers(const QByteArray& bytes);

/// A PNG file without its texts (tEXt, zTXt, iTXt). Some 800 kB of them can make libpng and Qt take 4 GB and
/// half a minute; Vitrine needs none. A cut text goes too, and so does any cut chunk that a decoder may do
/// without: libpng takes the memory that it states, up to 2 GB, before it reads it. Another cut chunk stays
/// for the decoder to judge.
QByteArray withoutPngTexts(const QByteArray& png);

} // namespace vitrine
