#include "app/commands/output_files.h"

#include "app/commands/command.h"
#include "core/base/literals.h"
#include "core/checkpoint/identify.h"
#include "ui/charts/chart_export.h"

#include <QDir>
#include <QFileInfo>

#include <algorithm>
#include <optional>
#include <sys/stat.h>

namespace vitrine::cli {

namespace {

std::optional<struct stat> statusOf(const QString& path)
{
    struct stat status = {};
    const bool exists = stat(QFile::encodeName(path).constData(), &status) == 0;
    return exists ? std::optional(status) : std::nullopt;
}

/// Links followed; a file that does not exist yet is known by its folder and name.
QString placeOf(const QString& path)
{
    const QFileInfo file(path);
    return file.exists() ? file.canonicalFilePath()
                         : QFileInfo(file.path()).canonicalFilePath() + u'/' + file.fileName();
}

bool isSameFile(const QString& a, const QString& b)
{
    const auto first = statusOf(a);
    const auto second = statusOf(b);
    if (first && second)
        return first->st_dev == second->st_dev && first->st_ino == second->st_ino;
    return !first && !second && placeOf(a) == placeOf(b);
}

void rejectInputs(CommandLine& line, const QStringList& inputs, const QString& option, const QString& path)
{
    for (const QString& input : inputs)
        if (isSameFile(input, path))
            line.reject(
                Cli::tr("--%1 would overwrite %2, which is read. Name another file.").arg(option, input));
}

void rejectModelsAndPictures(CommandLine& line, const QString& option, const QString& path)
{
    if (!QFileInfo(path).isFile())
        return;
    const auto identity = identify(path);
    if (identity && identity->format != FileFormat::Unknown)
        line.reject(Cli::tr("--%1 would overwrite %2, which is no result (%3). Name another file.")
                        .arg(option, path, formatName(identity->format)));
}

} // namespace

void rejectLosses(CommandLine& line, const FileUse& use)
{
    for (qsizetype i = 0; i < use.outputs.size(); ++i) {
        const auto& [option, path] = use.outputs[i];
        if (path.isEmpty() || path == u"-"_s)
            continue;
        rejectInputs(line, use.inputs, option, path);
        rejectModelsAndPictures(line, option, path);
        for (const auto& [other, otherPath] : use.outputs.first(i))
            if (!otherPath.isEmpty() && isSameFile(path, otherPath))
                line.reject(
                    Cli::tr("--%1 and --%2 name the same file, %3. Name two.").arg(other, option, path));
    }
    if (use.charts.isEmpty())
        return;
    const QDir charts(use.charts);
    for (const QString& file : exportedChartFiles()) {
        rejectInputs(line, use.inputs, u"charts"_s, charts.filePath(file));
        for (const auto& [option, path] : use.outputs)
            if (!path.isEmpty() && isSameFile(path, charts.filePath(file)))
                line.reject(
                    Cli::tr("--%1 names a file that --charts writes, %2. Name another.").arg(option, path));
    }
    if (const auto reason = whyNotChartFolder(use.charts))
        line.reject(reason->message);
}

} // namespace vitrine::cli
