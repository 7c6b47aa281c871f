#include "core/image/image_file.h"

#include "core/base/file_error.h"
#include "core/base/literals.h"
#include "core/base/tr.h"
#include "core/image/decoder_messages.h"
#include "core/image/foreign_picture.h"
#include "core/image/image_reader.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QImageReader>

#include <algorithm>
#include <array>

namespace vitrine {

namespace {

constexpr qint64 megabyte = 1 << 20;
constexpr qint64 maximumFileBytes = 512 * megabyte;

Status checkPath(const QString& path)
{
    const QFileInfo info(path);
    if (!info.exists() && isNameLost(path))
        return imageError(ErrorKind::NotFound,
                          tr("The name of \"%1\" is not in UTF-8, so it cannot be opened: rename it."), path);
    if (!info.exists())
        return imageError(ErrorKind::NotFound, tr("There is no file \"%1\": check its name."), path);
    if (info.isDir())
        return imageError(ErrorKind::Unsupported, tr("\"%1\" is a folder: choose the image files in it."),
                          path);
    if (!info.isFile())
        return imageError(ErrorKind::Unsupported,
                          tr("\"%1\" is a device or a pipe: choose an ordinary image file."), path);
    if (isMadeUpBySystem(path))
        return imageError(ErrorKind::Unsupported,
                          tr("The file \"%1\" is empty, or the system makes up its content while it is read: "
                             "choose an ordinary image file."),
                          path);
    if (info.size() > maximumFileBytes)
        return imageError(ErrorKind::TooLarge,
                          tr("The file \"%1\" is larger than 512 MB: make a smaller "
                             "copy of the picture and open that."),
                          path);
    return Done{};
}

Error cannotBeRead(const QFile& file)
{
    return imageError(ErrorKind::Unreadable,
                      tr("The file \"%1\" cannot be read: check that you may read it "
                         "and that its disk works."),
                      file.fileName(), file.errorString());
}

/// A picture that another Qt plugin would read.
Error needsPlugin(const ForeignPicture& picture, const QString& path)
{
    return imageError(ErrorKind::Unsupported,
                      tr("\"%1\" is %2, a format that Vitrine does not read without a Qt plugin for it: "
                         "install the package "
                         "%3 (Debian 13 and newer have it; Debian 12 has none for Qt 6), or make a PNG or "
                         "JPEG of the picture "
                         "(%4) and open that.")
                          .arg(u"%1"_s, picture.name, picture.package, picture.converter),
                      path);
}

Error notAnImage(QFile& file, const QByteArray& format)
{
    constexpr qint64 beginningBytes = 1024;
    const QByteArray beginning = file.peek(beginningBytes);
    if (beginning.startsWith("version https://git-lfs.github.com/spec/"))
        return imageError(ErrorKind::Malformed,
                          tr("\"%1\" is a Git LFS pointer, not the picture itself: "
                             "run 'git lfs pull' where it came from."),
                          file.fileName());
    const ForeignPicture picture = foreignPicture(beginning);
    if (!picture.package.isEmpty())
        return needsPlugin(picture, file.fileName());
    const QString detail = QString::fromLatin1(format);
    if (!picture.name.isEmpty())
        return imageError(ErrorKind::Unsupported,
                          tr("\"%1\" is %2, a format that Vitrine does not read: save the picture as PNG or "
                             "JPEG and open that.")
                              .arg(u"%1"_s, picture.name),
                          file.fileName(), detail);
    if (!format.isEmpty())
        return imageError(ErrorKind::Unsupported,
                          tr("\"%1\" is in a format that Vitrine does not read: save "
                             "the picture as PNG or JPEG and open that."),
                          file.fileName(), detail);
    return imageError(ErrorKind::Unsupported,
                      tr("\"%1\" is not an image that Vitrine knows: open a PNG, "
                         "JPEG, WebP, TIFF, GIF or BMP file."),
                      file.fileName());
}

QByteArray formatOf(QFile& file)
{
    const DecoderMessages unwanted;
    QImageReader reader(&file);
    reader.setDecideFormatFromContent(true);
    return reader.format();
}

/// Of the formats that Qt's plugins read, those that Vitrine does. Not drawings, which have no pixels of
/// their own (svg); icons, which may hold a PNG that escapes withoutPngTexts(); tga, which nothing but a
/// file's ending tells from other data; mng, whose decoder obeys no memory limit; jp2, whose one never ends
/// on the first bytes of a file; and whatever else a plugin brings that was never tried.
bool isReadFormat(const QByteArray& format)
{
    static constexpr std::array read{"jpeg", "jpg", "png", "webp", "tiff", "tif",  "gif",  "bmp",   "pbm",
                                     "pgm",  "ppm", "xbm", "xpm",  "heic", "heif", "avif", "avifs", "jxl"};
    return std::ranges::any_of(read, [&](const char* name) { return format == name; });
}

} // namespace

Error imageError(ErrorKind kind, const QString& message, const QString& path, const QString& detail)
{
    return {kind, message.arg(QDir::toNativeSeparators(path)), detail};
}

Result<ImageFile> readImageFile(const QString& path)
{
    if (const Status usable = checkPath(path); !usable)
        return usable.failure();
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return cannotBeRead(file);
    if (file.peek(1).isEmpty())
        return file.error() == QFileDevice::NoError
                   ? imageError(ErrorKind::Malformed, tr("The file \"%1\" is empty: get it again."), path)
                   : cannotBeRead(file);
    const QByteArray format = formatOf(file);
    if (!isReadFormat(format))
        return notAnImage(file, format);
    file.seek(0);
    const QByteArray bytes = file.readAll();
    if (file.error() != QFileDevice::NoError)
        return cannotBeRead(file);
    return ImageFile{bytes, format, QCryptographicHash::hash(bytes, QCryptographicHash::Sha256)};
}

bool looksLikeImage(const QString& path)
{
    QFile file(path);
    if (!checkPath(path) || !file.open(QIODevice::ReadOnly))
        return false;
    const QByteArray format = formatOf(file);
    return isReadFormat(format);
}

QStringList imageNameFilters()
{
    QStringList filters;
    for (const QByteArray& format : QImageReader::supportedImageFormats())
        if (isReadFormat(format))
            filters.append(u"*."_s + QString::fromLatin1(format));
    return filters;
}

} // namespace vitrine
