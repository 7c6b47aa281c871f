#include "core/base/file_writing.h"

#include "core/base/tr.h"

#include <QDir>
#include <QFileInfo>
#include <QSaveFile>

#include <cerrno>
#include <cstring>
#include <optional>
#include <unistd.h>

namespace vitrine {

namespace {

/// Some file systems say only now that there is no room. None: all is there, or this one cannot be asked.
std::optional<int> whyNotOnDisk(const QFileDevice& file)
{
    if (fsync(file.handle()) == 0)
        return std::nullopt;
    const int reason = errno;
    return reason == EINVAL || reason == EROFS || reason == ENOTSUP ? std::nullopt : std::optional(reason);
}

Error withOldKept(Error error, const QFileInfo& old)
{
    if (old.exists())
        error.message += tr(" What was there before is unchanged.");
    return error;
}

/// QSaveFile would put a file in the place of a device or a pipe.
Status writeToDevice(const QString& path, const QByteArray& data)
{
    QFile device(path);
    if (device.open(QIODevice::WriteOnly | QIODevice::Unbuffered) &&
        writeAll(device, data.constData(), data.size()))
        return Done{};
    return notWritable(device);
}

} // namespace

Status writeFileAtomically(const QString& path, const QByteArray& data)
{
    const QFileInfo info(path);
    if (!info.absoluteDir().exists())
        return Error{ErrorKind::NotFound,
                     tr("%1 cannot be written: the folder %2 does not exist. Make it, or choose another.")
                         .arg(path, info.absolutePath())};
    if (info.exists() && !info.isFile() && !info.isDir())
        return writeToDevice(path, data);
    QSaveFile file(path);
    // Without flush(), commit() does not see that the last 16 kB went nowhere.
    if (!file.open(QIODevice::WriteOnly) || file.write(data) != data.size() || !file.flush())
        return withOldKept(notWritable(file), info);
    if (const auto reason = whyNotOnDisk(file)) {
        const auto cause = *reason == ENOSPC ? QFileDevice::ResourceError : QFileDevice::WriteError;
        return withOldKept(notWritable(path, QString::fromLocal8Bit(std::strerror(*reason)), cause), info);
    }
    if (!file.commit())
        return withOldKept(notWritable(file), info);
    return Done{};
}

bool writeAll(QIODevice& file, const void* data, qint64 size)
{
    const char* next = static_cast<const char*>(data);
    while (size > 0) {
        const qint64 written = file.write(next, size);
        if (written <= 0)
            return false;
        next += written;
        size -= written;
    }
    return true;
}

Error notWritable(const QIODevice& device)
{
    if (const auto* file = qobject_cast<const QFileDevice*>(&device))
        return notWritable(file->fileName(), file->errorString(), file->error());
    return {ErrorKind::Unreadable, tr("What is written is not taken: %1.").arg(device.errorString())};
}

Error notWritable(const QString& path, const QString& reason, QFileDevice::FileError cause)
{
    if (cause == QFileDevice::ResourceError)
        return {ErrorKind::TooLarge,
                tr("%1 cannot be written: the disk is full. Make room, or choose another folder.").arg(path),
                reason};
    const QString text = tr("%1 cannot be written: %2.").arg(path, reason);
    if (cause == QFileDevice::PermissionsError)
        return {ErrorKind::Unreadable, text + tr(" Check its permissions, or choose another folder.")};
    return {ErrorKind::Unreadable, text};
}

} // namespace vitrine
