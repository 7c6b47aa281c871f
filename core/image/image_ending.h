#pragma once

#include <QBuffer>
#include <QByteArray>

namespace vitrine {

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

} // namespace vitrine
