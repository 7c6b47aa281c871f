#include "core/image/unread_pictures.h"

#include "core/base/tr.h"

#include <string_view>

namespace vitrine {

namespace {

using namespace std::string_view_literals;

struct PictureMagic
{
    qsizetype offset;
    std::string_view bytes;
    const char* name;
};

constexpr const char* heic = QT_TRANSLATE_NOOP("vitrine", "HEIC picture");
constexpr const char* avif = QT_TRANSLATE_NOOP("vitrine", "AVIF picture");
constexpr const char* jpegXl = QT_TRANSLATE_NOOP("vitrine", "JPEG XL picture");
constexpr const char* jpeg2000 = QT_TRANSLATE_NOOP("vitrine", "JPEG 2000 picture");
constexpr const char* raw = QT_TRANSLATE_NOOP("vitrine", "RAW picture of a camera");

constexpr PictureMagic pictureMagics[]{
    {4, "ftypavif"sv, avif},
    {4, "ftypavis"sv, avif},
    {4, "ftypheic"sv, heic},
    {4, "ftypheix"sv, heic},
    {4, "ftypheim"sv, heic},
    {4, "ftypheis"sv, heic},
    {4, "ftyphevc"sv, heic},
    {4, "ftyphevx"sv, heic},
    {4, "ftypmif1"sv, heic}, // or AVIF: see below
    {4, "ftypmsf1"sv, heic},
    {4, "ftypcrx "sv, raw},
    {4, "JXL \r\n\x87\n"sv, jpegXl},
    {0, "\xFF\x0A"sv, jpegXl},
    {4, "jP  \r\n\x87\n"sv, jpeg2000},
    {0, "\xFF\x4F\xFF\x51"sv, jpeg2000},
    {0, "II\xBC"sv, QT_TRANSLATE_NOOP("vitrine", "JPEG XR picture")},
    {8, "CR\x02\0"sv, raw},
    {0, "FUJIFILMCCD-RAW"sv, raw},
    {0, "IIRO"sv, raw},
    {0, "IIRS"sv, raw},
    {0, "MMOR"sv, raw},
    {0, "IIU\0"sv, raw},
    {0, "FOVb"sv, raw},
    {0, "\0MRM"sv, raw},
    {0, "II*\0"sv, QT_TRANSLATE_NOOP("vitrine", "TIFF or RAW picture")},
    {0, "MM\0*"sv, QT_TRANSLATE_NOOP("vitrine", "TIFF or RAW picture")},
    {0, "II+\0"sv, QT_TRANSLATE_NOOP("vitrine", "BigTIFF picture")},
    {0, "MM\0+"sv, QT_TRANSLATE_NOOP("vitrine", "BigTIFF picture")},
    {0, "8BPS"sv, QT_TRANSLATE_NOOP("vitrine", "Photoshop picture")},
    {0, "gimp xcf "sv, QT_TRANSLATE_NOOP("vitrine", "GIMP picture")},
    {0, "\x76\x2F\x31\x01"sv, QT_TRANSLATE_NOOP("vitrine", "OpenEXR picture")},
    {0, "#?RADIANCE"sv, QT_TRANSLATE_NOOP("vitrine", "Radiance HDR picture")},
    {0, "qoif"sv, QT_TRANSLATE_NOOP("vitrine", "QOI picture")},
    {128, "DICM"sv, QT_TRANSLATE_NOOP("vitrine", "DICOM picture")},
    {0, "SIMPLE  ="sv, QT_TRANSLATE_NOOP("vitrine", "FITS picture")},
};

bool hasMagic(QByteArrayView head, const PictureMagic& magic)
{
    const QByteArrayView expected(magic.bytes.data(), qsizetype(magic.bytes.size()));
    return head.size() >= magic.offset && head.sliced(magic.offset).startsWith(expected);
}

} // namespace

QString unreadPictureName(QByteArrayView head)
{
    for (const PictureMagic& magic : pictureMagics) {
        if (!hasMagic(head, magic))
            continue;
        // "mif1" and "msf1" are any picture in such a file; the brands that follow tell which.
        const bool isAvif =
            magic.name == heic && head.first(std::min<qsizetype>(head.size(), 64)).contains("avif");
        return tr(isAvif ? avif : magic.name);
    }
    return {};
}

} // namespace vitrine
