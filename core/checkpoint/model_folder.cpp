#include "core/checkpoint/model_folder.h"

#include "core/base/file_error.h"
#include "core/base/literals.h"
#include "core/base/tr.h"
#include "core/checkpoint/mapped_file.h"

#include <QDir>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

namespace vitrine {

namespace {

constexpr std::size_t largestIndex = 64 << 20;

QString weightsIn(const QString& folder)
{
    for (const QString& name :
         {u"model.safetensors"_s, u"model.safetensors.index.json"_s, u"pytorch_model.bin"_s,
          u"open_clip_pytorch_model.bin"_s, u"pytorch_model.bin.index.json"_s})
        if (const QFileInfo file(QDir(folder).filePath(name)); file.isFile())
            return file.absoluteFilePath();
    return {};
}

/// What the index is called that lists a file that is named like one shard of several; empty: it is none.
QString indexOf(const QFileInfo& file)
{
    static const QRegularExpression shard(u"^(.+)-\\d{5}-of-\\d{5}\\.(safetensors|bin)$"_s);
    const QRegularExpressionMatch match = shard.match(file.fileName());
    return match.hasMatch() ? u"%1.%2.index.json"_s.arg(match.captured(1), match.captured(2)) : QString();
}

/// The index beside a shard; empty: there is none.
QString indexBeside(const QFileInfo& file)
{
    const QString index = indexOf(file);
    return !index.isEmpty() && file.dir().exists(index) ? file.dir().absoluteFilePath(index) : QString();
}

Result<QJsonObject> weightMap(const QString& index)
{
    const auto file = MappedFile::open(index);
    if (!file)
        return file.failure();
    const Bytes bytes = (*file)->bytes();
    if (bytes.size() > largestIndex)
        return malformed(tr("its index claims %1 bytes").arg(bytes.size()));
    QJsonParseError error;
    const QJsonObject map =
        QJsonDocument::fromJson(asByteArray(bytes), &error).object()[u"weight_map"_s].toObject();
    if (map.isEmpty())
        return Error{ErrorKind::Malformed,
                     tr("it is no index of a model in several files: it has no weight_map"),
                     error.errorString()};
    return map;
}

} // namespace

QString modelFileAt(const QString& path)
{
    const QFileInfo file(path);
    const QString found = file.isDir() ? weightsIn(path) : indexBeside(file);
    return found.isEmpty() ? path : found;
}

bool holdsModelFile(const QString& folder)
{
    return !weightsIn(folder).isEmpty();
}

QString missingIndexOf(const QString& path)
{
    const QFileInfo file(path);
    return indexBeside(file).isEmpty() ? indexOf(file) : QString();
}

bool isShardIndex(const QString& path)
{
    return path.endsWith(u".safetensors.index.json"_s) || path.endsWith(u".bin.index.json"_s);
}

Result<QStringList> shardsOf(const QString& index)
{
    const Result<QJsonObject> map = weightMap(index);
    if (!map)
        return map.failure();
    QStringList names;
    for (auto entry = map->begin(); entry != map->end(); ++entry)
        names.append(entry.value().toString());
    names.removeDuplicates();
    names.sort();
    QStringList paths;
    for (const QString& name : names) {
        const QFileInfo file(QFileInfo(index).dir().filePath(name));
        if (name.isEmpty() || file.fileName() != name || name.startsWith(QLatin1Char('.')))
            return malformed(tr("its index names \"%1\", which is no file beside it").arg(name.left(80)));
        if (!file.isFile())
            return Error{ErrorKind::NotFound,
                         tr("%1, one of the %2 files that hold this model, is missing; download it, too")
                             .arg(name)
                             .arg(names.size())};
        paths.append(file.absoluteFilePath());
    }
    return paths;
}

} // namespace vitrine
