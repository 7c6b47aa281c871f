#include "core/base/file_writing.h"

#include "core/base/tr.h"

#include <QDir>
#include <QFileInfo>
#include <QSaveFile>

namespace vitrine {

Status writeFileAtomically(const QString& path, const QByteArray& data)
{
    const QFileInfo info(path);
    if (!info.absoluteDir().exists())
        return Error{ErrorKind::NotFound,
                     tr("%1 cannot be written: the folder %2 does not exist. Make it, or choose another.")
                         .arg(path, info.absolutePath())};
    QSaveFile file(path);
    if (file.open(QIODevice::WriteOnly) && file.write(data) == data.size() && file.commit())
        return Done{};
    Error error = notWritable(file);
    error.message += tr(" What was there before is unchanged.");
    return error;
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
