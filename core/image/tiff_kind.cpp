#include "core/image/tiff_kind.h"

#include "core/base/tr.h"

#include <algorithm>
#include <array>

namespace vitrine {

namespace {

enum TiffPhotometric : quint64 {
    WhiteIsZero = 0,
    BlackIsZero = 1,
    Rgb = 2,
    SensorMosaic = 32803,
    LinearRaw = 34892
};

struct TiffFacts
{
    explicit TiffFacts(const TiffDirectory& directory)
        : photometric(directory.number(TiffDirectory::Photometric, WhiteIsZero)),
          samples(directory.number(TiffDirectory::SamplesPerPixel, 1)),
          bits(directory.numbers(TiffDirectory::BitsPerSample)),
          sampleFormat(directory.number(TiffDirectory::SampleFormat, 1)),
          compression(directory.number(TiffDirectory::Compression, 1)),
          planes(directory.number(TiffDirectory::PlanarConfiguration, 1) == 2 && samples > 1)
    {
        if (bits.isEmpty())
            bits = {1};
    }

    bool isGray() const { return photometric == WhiteIsZero || photometric == BlackIsZero; }
    bool isRaw() const { return photometric == SensorMosaic || photometric == LinearRaw; }
    quint64 mostBits() const { return *std::ranges::max_element(bits); }

    quint64 photometric;
    quint64 samples;
    QList<quint64> bits;
    quint64 sampleFormat;
    quint64 compression;
    bool planes;
};

QString misreadFloats(const TiffFacts& facts)
{
    if (facts.isGray())
        return tr("TIFF of %1-bit floating-point gray").arg(facts.mostBits());
    if (facts.photometric != Rgb || (facts.mostBits() != 16 && facts.mostBits() != 32))
        return tr("TIFF of %1-bit floating-point numbers").arg(facts.mostBits());
    return {};
}

QString misreadTiff(const TiffFacts& facts)
{
    enum { Unsigned = 1, Signed = 2, Floats = 3, Untyped = 4 };
    constexpr quint64 mostColourSamples = 4;
    if (facts.sampleFormat == Signed)
        return tr("TIFF of signed numbers");
    if (facts.sampleFormat > Untyped)
        return tr("TIFF of complex numbers");
    if (facts.planes && facts.mostBits() > 8)
        return tr("TIFF of %1 bits in separate planes").arg(facts.mostBits());
    if (facts.photometric == Rgb && facts.mostBits() > 8 && facts.samples > mostColourSamples)
        return tr("TIFF of %1 bits and %2 samples a pixel").arg(facts.mostBits()).arg(facts.samples);
    return facts.sampleFormat == Floats ? misreadFloats(facts) : QString();
}

QString unknownTiff(const TiffFacts& facts)
{
    static constexpr std::array<quint64, 5> knownBits{1, 2, 4, 8, 16};
    static constexpr std::array<quint64, 8> knownCompressions{1, 2, 3, 4, 5, 7, 8, 32946};
    static constexpr quint64 packBits = 32773;
    static constexpr quint64 mostPhotometric = 6; // YCbCr; beyond come L*a*b* and what is rarer.
    static constexpr quint64 transparencyMask = 4;
    if (facts.isRaw())
        return tr("TIFF of a camera's raw data");
    if (std::ranges::adjacent_find(facts.bits, std::ranges::not_equal_to()) != facts.bits.end())
        return tr("TIFF whose channels differ in bits");
    const bool floats = facts.sampleFormat == 3 && facts.mostBits() == 32;
    if (!floats && !std::ranges::count(knownBits, facts.mostBits()))
        return tr("TIFF of %1 bits a sample").arg(facts.mostBits());
    if (!std::ranges::count(knownCompressions, facts.compression) && facts.compression != packBits)
        return tr("TIFF of compression %1").arg(facts.compression);
    if (facts.photometric > mostPhotometric || facts.photometric == transparencyMask)
        return tr("TIFF of colour model %1").arg(facts.photometric);
    if (facts.photometric == Rgb && facts.mostBits() < 8)
        return tr("TIFF of %1-bit colours").arg(facts.mostBits());
    if (facts.photometric == Rgb && facts.samples < 3)
        return tr("TIFF of %1 colours a pixel").arg(facts.samples);
    return {};
}

/// Cameras put a preview first, and their raw data into a directory below it.
bool standsInForAnother(const TiffDirectory& directory, const TiffFacts& facts)
{
    constexpr quint64 reducedResolution = 1;
    if (directory.number(TiffDirectory::NewSubfileType, 0) & reducedResolution)
        return true;
    if (directory.has(TiffDirectory::DngVersion) && !facts.isRaw())
        return true;
    return std::ranges::any_of(directory.numbers(TiffDirectory::SubDirectories), [&](quint64 offset) {
        const auto below = directory.at(offset);
        return below && TiffFacts(*below).isRaw();
    });
}

} // namespace

TiffKind tiffKind(const TiffDirectory& directory)
{
    constexpr quint64 associatedAlpha = 1;
    constexpr quint64 straightAlpha = 2;
    const TiffFacts facts(directory);
    const quint64 extra = directory.number(TiffDirectory::ExtraSamples, 0);
    return {misreadTiff(facts), unknownTiff(facts), standsInForAnother(directory, facts),
            facts.photometric == Rgb && facts.samples > 3 && extra != associatedAlpha &&
                extra != straightAlpha};
}

} // namespace vitrine
