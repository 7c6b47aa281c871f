#include "core/image/foreign_picture.h"

#include "core/base/literals.h"
#include "core/base/tr.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <string_view>

namespace vitrine {

namespace {

using Bytes = std::string_view;
using namespace std::string_view_literals;

/// How a format's files begin, and what it is called.
struct Signature
{
    Bytes beginning;
    const char* name;
};

constexpr std::array signatures{
    Signature{"\0\0\1\0"sv, QT_TRANSLATE_NOOP("vitrine", "an icon (ICO)")},
    Signature{"\0\0\2\0"sv, QT_TRANSLATE_NOOP("vitrine", "a mouse pointer (CUR)")},
    Signature{"icns"sv, QT_TRANSLATE_NOOP("vitrine", "an icon (ICNS)")},
    Signature{"\x8AMNG"sv, QT_TRANSLATE_NOOP("vitrine", "an animation (MNG)")},
    Signature{"\0\0\0\x0CjP  "sv, QT_TRANSLATE_NOOP("vitrine", "a JPEG 2000 picture")},
    Signature{"\xFF\x4F\xFF\x51"sv, QT_TRANSLATE_NOOP("vitrine", "a JPEG 2000 picture")},
    Signature{"II\xBC"sv, QT_TRANSLATE_NOOP("vitrine", "a JPEG XR picture")},
    Signature{"8BPS"sv, QT_TRANSLATE_NOOP("vitrine", "a Photoshop document")},
    Signature{"gimp xcf"sv, QT_TRANSLATE_NOOP("vitrine", "a GIMP document")},
    Signature{"%PDF"sv, QT_TRANSLATE_NOOP("vitrine", "a PDF document")},
    Signature{"\x76\x2F\x31\x01"sv, QT_TRANSLATE_NOOP("vitrine", "an OpenEXR picture")},
    Signature{"#?RADIANCE"sv, QT_TRANSLATE_NOOP("vitrine", "a Radiance picture (HDR)")},
    Signature{"DDS "sv, QT_TRANSLATE_NOOP("vitrine", "a texture (DDS)")},
    Signature{"qoif"sv, QT_TRANSLATE_NOOP("vitrine", "a QOI picture")},
    Signature{"P7\n"sv, QT_TRANSLATE_NOOP("vitrine", "a PAM picture")},
    Signature{"PF\n"sv, QT_TRANSLATE_NOOP("vitrine", "a picture of floating-point numbers (PFM)")},
    Signature{"Pf\n"sv, QT_TRANSLATE_NOOP("vitrine", "a picture of floating-point numbers (PFM)")},
    Signature{"SIMPLE  ="sv, QT_TRANSLATE_NOOP("vitrine", "an astronomical picture (FITS)")},
    Signature{"IIRO"sv, QT_TRANSLATE_NOOP("vitrine", "a camera's raw picture")},
    Signature{"IIRS"sv, QT_TRANSLATE_NOOP("vitrine", "a camera's raw picture")},
    Signature{"MMOR"sv, QT_TRANSLATE_NOOP("vitrine", "a camera's raw picture")},
    Signature{"IIU\0"sv, QT_TRANSLATE_NOOP("vitrine", "a camera's raw picture")},
    Signature{"FUJIFILMCCD-RAW"sv, QT_TRANSLATE_NOOP("vitrine", "a camera's raw picture")},
    Signature{"FOVb"sv, QT_TRANSLATE_NOOP("vitrine", "a camera's raw picture")},
    Signature{"\0MRM"sv, QT_TRANSLATE_NOOP("vitrine", "a camera's raw picture")},
};

ForeignPicture pluginsPicture(const QString& name, const QString& converter)
{
    return {name, u"kimageformat6-plugins"_s, converter};
}

/// Files of boxes (ISO base media) state a brand, and others that they comply with.
ForeignPicture pictureInBoxes(Bytes beginning)
{
    constexpr std::size_t brandsAt = 8;
    constexpr std::size_t brandBytes = 4;
    const auto length = std::min<std::size_t>(static_cast<uchar>(beginning[3]), beginning.size());
    const auto claims = [&](std::initializer_list<Bytes> brands) {
        for (std::size_t at = brandsAt; at + brandBytes <= length; at += brandBytes)
            if (std::ranges::find(brands, beginning.substr(at, brandBytes)) != brands.end())
                return true;
        return false;
    };
    if (claims({"avif", "avis"}))
        return pluginsPicture(tr("an AVIF picture"), tr("avifdec of the package libavif-bin"));
    if (claims({"heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1"}))
        return pluginsPicture(tr("a HEIC picture"), tr("heif-convert of the package libheif-examples"));
    if (claims({"crx "}))
        return {tr("a camera's raw picture"), {}, {}};
    return {tr("a film"), {}, {}};
}

bool isSvg(const QByteArray& beginning)
{
    constexpr qsizetype searchedBytes = 1024;
    const QByteArray text = beginning.first(std::min(beginning.size(), searchedBytes)).trimmed();
    const bool markup = text.startsWith('<') || text.startsWith("\xEF\xBB\xBF<");
    return markup && text.contains("<svg");
}

} // namespace

ForeignPicture foreignPicture(const QByteArray& beginning)
{
    const Bytes bytes(beginning.constData(), beginning.size());
    if (bytes.size() > 8 && bytes.substr(4, 4) == "ftyp"sv)
        return pictureInBoxes(bytes);
    if (bytes.starts_with("\xFF\x0A"sv) || bytes.starts_with("\0\0\0\x0CJXL "sv))
        return pluginsPicture(tr("a JPEG XL picture"), tr("djxl of the package libjxl-tools"));
    if (isSvg(beginning))
        return {tr("a drawing (SVG)"), {}, {}};
    const auto found = std::ranges::find_if(
        signatures, [&](const Signature& signature) { return bytes.starts_with(signature.beginning); });
    return found == signatures.end() ? ForeignPicture{} : ForeignPicture{tr(found->name), {}, {}};
}

} // namespace vitrine
