#pragma once

#include "core/base/result.h"

#include <QFileDevice>

namespace vitrine {

/// Writes `data` so that `path` holds either the old or the whole new content; a device or a pipe just gets
/// it. The errors tell a missing folder, missing permissions and a full disk apart, and what to do about
/// each.
Status writeFileAtomically(const QString& path, const QByteArray& data);

/// All of these bytes. A disk that fills up takes a part of them; only the next write says why it takes no
/// more, so that errorString() tells the reason after false.
bool writeAll(QIODevice& file, const void* data, qint64 size);

/// Why `device`, a file mostly, could not be opened or written to, from its error(), and what to do about it:
/// a full disk and missing permissions are told apart.
Error notWritable(const QIODevice& device);

/// The same of a file or folder that something else was to write, with this reason.
Error notWritable(const QString& path, const QString& reason,
                  QFileDevice::FileError cause = QFileDevice::WriteError);

} // namespace vitrine
