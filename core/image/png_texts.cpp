#include "core/image/png_texts.h"

#include "core/image/byte_cursor.h"

namespace vitrine {

namespace {

constexpr qint64 signatureBytes = 8;
constexpr qint64 chunkFrameBytes = 12;

bool isText(const QByteArray& type)
{
    return type == "tEXt" || type == "zTXt" || type == "iTXt";
}

} // namespace

QByteArray withoutPngTexts(const QByteArray& png)
{
    QByteArray result = png.first(std::min<qint64>(signatureBytes, png.size()));
    ByteCursor cursor(png, result.size());
    while (!cursor.atEnd()) {
        const qsizetype start = cursor.position();
        const auto length = static_cast<qint64>(cursor.nextNumber(4));
        const bool text = isText(png.mid(cursor.position(), 4));
        cursor.skip(length + chunkFrameBytes - 4);
        if (!text)
            result.append(png.constData() + start, cursor.position() - start);
    }
    return result;
}

} // namespace vitrine
