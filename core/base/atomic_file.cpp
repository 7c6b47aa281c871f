#include "core/base/atomic_file.h"

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
                         .arg(path, info.absolutePath()),
                     {}};
    QSaveFile file(path);
    if (file.open(QIODevice::WriteOnly) && file.write(data) == data.size() && file.commit())
        return Done{};
    Error error = notWritable(file);
    error.message += tr(" What was there before is unchanged.");
    return error;
}

} // namespace vitrine
