#include "core/base/atomic_file.h"

#include "core/base/tr.h"

#include <QDir>
#include <QFileInfo>
#include <QSaveFile>

namespace vitrine {

namespace {

Error notWritten(const QSaveFile& file)
{
    const bool isFull = file.error() == QFileDevice::ResourceError;
    const bool isForbidden = file.error() == QFileDevice::PermissionsError;
    const QString remedy = isFull        ? tr(" Make room, or choose another folder.")
                           : isForbidden ? tr(" Check its permissions, or choose another folder.")
                                         : QString();
    return {isFull ? ErrorKind::TooLarge : ErrorKind::Unreadable,
            tr("%1 cannot be written: %2. What was there before is unchanged.")
                    .arg(file.fileName(), file.errorString()) +
                remedy,
            {}};
}

} // namespace

Status writeFileAtomically(const QString& path, const QByteArray& data)
{
    const QFileInfo info(path);
    if (!info.absoluteDir().exists())
        return Error{ErrorKind::NotFound,
                     tr("%1 cannot be written: the folder %2 does not exist. Make it, or choose another.")
                         .arg(path, info.absolutePath()),
                     {}};
    QSaveFile file(path);
    if (file.open(QIODevice::WriteOnly) && file.write(data) == data.size() && file.commit())
        return Done{};
    return notWritten(file);
}

} // namespace vitrine
