#include "core/image/image_file.h"

#include "core/base/tr.h"

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

Error failure(ErrorKind kind, const QString& message, const QString& path, const QString& detail = {})
{
    return {kind, message.arg(QDir::toNativeSeparators(path)), detail};
}

Status checkPath(const QString& path)
{
    const QFileInfo info(path);
    if (!info.exists())
        return failure(ErrorKind::NotFound, tr("There is no file \"%1\": check its name."), path);
    if (info.isDir())
        return failure(ErrorKind::Unsupported, tr("\"%1\" is a folder: choose the image files in it."), path);
    if (!info.isFile())
        return failure(ErrorKind::Unsupported,
                       tr("\"%1\" is a device or a pipe: choose an ordinary image file."), path);
    if (info.size() > maximumFileBytes)
        return failure(ErrorKind::TooLarge,
                       tr("The file \"%1\" is larger than 512 MB: make a smaller "
                          "copy of the picture and open that."),
                       path);
    return Done{};
}

Error unreadable(const QFile& file)
{
    return failure(ErrorKind::Unreadable,
                   tr("The file \"%1\" cannot be read: check that you may read it "
                      "and that its disk works."),
                   file.fileName(), file.errorString());
}

bool isGitLfsPointer(QFile& file)
{
    return file.peek(64).startsWith("version https://git-lfs.github.com/spec/");
}

Error notAnImage(QFile& file, const QByteArray& format)
{
    if (isGitLfsPointer(file))
        return failure(ErrorKind::Malformed,
                       tr("\"%1\" is a Git LFS pointer, not the picture itself: "
                          "run 'git lfs pull' where it came from."),
                       file.fileName());
    if (!format.isEmpty())
        return failure(ErrorKind::Unsupported,
                       tr("\"%1\" is in a format that Vitrine does not read: save "
                          "the picture as PNG or JPEG and open that."),
                       file.fileName(), QString::fromLatin1(format));
    return failure(ErrorKind::Unsupported,
                   tr("\"%1\" is not an image that Vitrine knows: open a PNG, "
                      "JPEG, WebP, TIFF, GIF or BMP file."),
                   file.fileName());
}

QByteArray formatOf(QFile& file)
{
    QImageReader reader(&file);
    reader.setDecideFormatFromContent(true);
    return reader.format();
}

} // namespace

bool isRefusedFormat(const QByteArray& format)
{
    static constexpr std::array refused{"svg", "svgz", "pdf", "ico", "cur", "icns", "tga", "mng"};
    return std::ranges::any_of(refused, [&](const char* name) { return format == name; });
}

Result<ImageFile> readImageFile(const QString& path)
{
    if (const Status usable = checkPath(path); !usable)
        return usable.failure();
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return unreadable(file);
    if (file.peek(1).isEmpty())
        return file.error() == QFileDevice::NoError
                   ? failure(ErrorKind::Malformed, tr("The file \"%1\" is empty: get it again."), path)
                   : unreadable(file);
    const QByteArray format = formatOf(file);
    if (format.isEmpty() || isRefusedFormat(format))
        return notAnImage(file, format);
    file.seek(0);
    ImageFile result{file.readAll(), format};
    if (file.error() != QFileDevice::NoError)
        return unreadable(file);
    return result;
}

QByteArray sniffImageFormat(const QString& path)
{
    QFile file(path);
    if (!checkPath(path) || !file.open(QIODevice::ReadOnly))
        return {};
    const QByteArray format = formatOf(file);
    return isRefusedFormat(format) ? QByteArray() : format;
}

} // namespace vitrine
