// Pictures, from the file to a model's input; EXIF, also where the pixels cannot be decoded.

#include "core/image/decoder_messages.h"
#include "core/image/image_bytes.h"
#include "core/image/image_file.h"
#include "core/image/image_reader.h"
#include "core/image/orientation.h"
#include "core/image/preprocessor.h"
#include "tests/fuzz/fuzz_file.h"

#include <QImageReader>

using namespace vitrine;
using namespace vitrine::fuzz;

namespace {

/// 1 to 67 million pixels: they are read, and take seconds. More are refused, fewer take no time.
bool isSlow(const ImageFile& file)
{
    const DecoderMessages unwanted;
    CountedBuffer buffer(file.format == "png" ? withoutPngTexts(file.bytes) : file.bytes);
    QImageReader reader(&buffer, file.format);
    reader.setAutoDetectImageFormat(false);
    const QSize size = reader.size();
    const qint64 pixels = qint64{size.width()} * size.height();
    return pixels > (1 << 20) && pixels <= (1 << 26);
}

} // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const auto bytes = QByteArray::fromRawData(reinterpret_cast<const char*>(data), qsizetype(size));
    for (const char* format : {"png", "webp"})
        (void)exifOrientation(bytes, format);

    const QString path = inputFile(data, size);
    const Result<ImageFile> file = readImageFile(path);
    if (!explained(file) || isSlow(*file))
        return 0;
    const Result<SourceImage> image = decodeImage(path, *file);
    if (!explained(image))
        return 0;
    Preprocessing gray = Preprocessing::imageNet(8);
    gray.channels = 1;
    gray.mean = gray.standardDeviation = {0.5F};
    gray.fit = Fit::Stretch;
    gray.interpolation = Interpolation::Bilinear;
    for (const Preprocessing& preprocessing : {Preprocessing::imageNet(32), gray})
        if (preprocess(image->rgb, preprocessing).values.empty())
            std::abort();
    return 0;
}
