#pragma once

#include "app/commands/command_line.h"

namespace vitrine::cli {

/// What a command reads, and what it is to write, before it does either.
struct FileUse
{
    QStringList inputs;
    /// Option's name and path.
    QList<std::pair<QString, QString>> outputs;
    QString charts = {}; ///< A folder for charts; empty: none.
};

/// Rejects in `line` outputs that would overwrite an input (also by another name of the same file), a model
/// or a picture; two outputs that are one file; and a folder whose files would be overwritten by charts that
/// they are none of. Earlier results may be overwritten.
void rejectLosses(CommandLine& line, const FileUse& use);

} // namespace vitrine::cli
