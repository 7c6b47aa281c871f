// Pictures, from the file to a model's input; EXIF, also where the pixels cannot be decoded.

#include "core/image/image_reader.h"
#include "core/image/orientation.h"
#include "core/image/preprocessor.h"
#include "tests/fuzz/fuzz_file.h"

using namespace vitrine;
using namespace vitrine::fuzz;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const auto bytes = QByteArray::fromRawData(reinterpret_cast<const char*>(data), qsizetype(size));
    for (const char* format : {"png", "webp"})
        (void)exifOrientation(bytes, format);

    const Result<SourceImage> image = readImage(inputFile(data, size));
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
