#include "core/base/file_writing.h"

#include "core/base/tr.h"

namespace vitrine {

bool writeAll(QFileDevice& file, const void* data, qint64 size)
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

Error notWritable(const QFileDevice& file)
{
    return notWritable(file.fileName(), file.errorString(), file.error());
}

Error notWritable(const QString& path, const QString& reason, QFileDevice::FileError cause)
{
    if (cause == QFileDevice::ResourceError)
        return {ErrorKind::TooLarge,
                tr("%1 cannot be written: the disk is full. Make room, or choose another folder.").arg(path),
                reason};
    const QString text = tr("%1 cannot be written: %2.").arg(path, reason);
    if (cause == QFileDevice::PermissionsError)
        return {ErrorKind::Unreadable, text + tr(" Check its permissions, or choose another folder."), {}};
    return {ErrorKind::Unreadable, text, {}};
}

} // namespace vitrine
