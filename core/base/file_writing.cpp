#include "core/base/file_writing.h"

#include "core/base/file_error.h"
#include "core/base/tr.h"

#include <QFileDevice>

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
    if (file.error() == QFileDevice::ResourceError)
        return fileError(ErrorKind::TooLarge, file.fileName(),
                         tr("the disk is full; make room, or choose another folder"));
    return fileError(ErrorKind::Unreadable, file.fileName(),
                     tr("it cannot be written: %1").arg(file.errorString()));
}

} // namespace vitrine
