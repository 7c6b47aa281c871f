#include "core/model/variant_set.h"

#include "core/base/file_error.h"
#include "core/base/file_writing.h"
#include "core/base/literals.h"
#include "core/base/tr.h"
#include "core/checkpoint/script_contents.h"
#include "core/checkpoint/script_finite.h"
#include "core/model/beside.h"
#include "core/model/deit.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>

#include <algorithm>

namespace vitrine {

namespace {

/// A file of the set must exist, lie in its folder (links followed) and have the size that was written.
Status checkFile(const VariantSet& set, const Variant& variant)
{
    const QFileInfo file(variant.path);
    if (!file.isFile())
        return Error{ErrorKind::NotFound,
                     tr("%1 is missing from its folder; copy the whole folder").arg(file.fileName())};
    const QString folder = QFileInfo(set.folder).canonicalFilePath() + QLatin1Char('/');
    if (!file.canonicalFilePath().startsWith(folder))
        return malformed(tr("%1 leads out of its folder, which is not allowed").arg(file.fileName()));
    if (file.size() != variant.bytes)
        return malformed(
            tr("%1 has %2 bytes but should have %3: it was replaced or not copied completely; copy it "
               "again or build the variants anew")
                .arg(file.fileName())
                .arg(file.size())
                .arg(variant.bytes));
    return Done{};
}

void take(Variant& variant, const ModelInput& input)
{
    variant.preprocessing = input.preprocessing;
    variant.labels = input.labels;
    variant.notices += input.notices;
    variant.origins.insert(input.origins);
}

/// As far as a checkpoint and what lies beside it tell.
Result<Variant> readWeights(const QString& path, const DeitOptions& options)
{
    Variant variant;
    variant.deit = options;
    const Result<Checkpoint> checkpoint = readCheckpoint(path, ChecksumCheck::Skip, options.weights);
    if (!checkpoint)
        return checkpoint.failure();
    if (!checkpoint->otherWeights.isEmpty() && options.weights.isEmpty())
        variant.notices.append(tr("it holds several models; the one at \"%1\" is read. Another can be "
                                  "chosen (Input settings in its menu, or --weights): \"%2\"")
                                   .arg(checkpoint->weights, checkpoint->otherWeights.join(u"\", \""_s)));
    if (!checkpoint->otherWeights.isEmpty())
        variant.weights = QStringList{checkpoint->weights} + checkpoint->otherWeights;
    const Result<DeitWeights> deit = readDeit(*checkpoint, options);
    if (!deit)
        return variant; // why, is told when it is loaded
    variant.classes = deit->config.classes;
    variant.heads = deit->config.heads;
    variant.notices += deit->notices;
    variant.origins = deit->origins;
    take(variant, inputBeside(*deit));
    return variant;
}

bool isScript(const FileIdentity& identity)
{
    return identity.format == FileFormat::TorchScript || identity.format == FileFormat::LiteArchive;
}

/// The size that the weights hold for is certain; the rest goes without saying where nothing else is said.
ModelShape shapeOf(const ScriptInput& input)
{
    ModelShape shape;
    (input.isSizeFixed ? shape.imageSize : shape.likelySize) = input.size.value_or(0);
    shape.likelyChannels = input.channels.value_or(0);
    return shape;
}

Result<Variant> readContent(const FileIdentity& identity, const DeitOptions& options)
{
    if (identity.isCheckpoint())
        return readWeights(identity.path, options);
    Variant variant;
    ModelShape shape;
    if (isScript(identity))
        if (const auto contents = readScriptContents(identity.path)) // what is wrong is told when it is run
            shape = shapeOf(contents->input);
    take(variant, inputBeside(readSurroundings(identity.path), shape));
    return variant;
}

/// Of a script, as a notice: infinity may be meant, in a mask. Of a checkpoint it is told when it is loaded.
Status tellWhatIsNotFinite(const FileIdentity& identity, Variant& variant, const std::stop_token& stop)
{
    if (!isScript(identity) || !variant.sha256.isEmpty()) // what is listed was tried when it was built
        return Done{};
    const auto found = tensorsNotFinite(identity.path, stop);
    if (found.isCancelled())
        return Cancelled{};
    if (!found || found->isEmpty())
        return Done{}; // what is wrong with the file is told when it is run
    const QString more = found->size() == 1   ? QString()
                         : found->size() == 2 ? tr(", and so is another tensor")
                                              : tr(", and so are %1 other tensors").arg(found->size() - 1);
    variant.notices.append(
        tr("%1 is not finite (NaN or infinity: %2 of its numbers)%3; unless that is meant so, as "
           "in a mask, it has no answers")
            .arg(found->firstKey())
            .arg(found->first())
            .arg(more));
    return Done{};
}

/// Of any of its files.
QDateTime lastChange(const FileIdentity& identity)
{
    QDateTime last = QFileInfo(identity.path).lastModified();
    for (const QString& part : identity.parts)
        last = std::max(last, QFileInfo(part).lastModified());
    return last;
}

Error contentChanged(const QString& path)
{
    return fileError(
        ErrorKind::Malformed, path,
        tr("its content has changed since it was built: its SHA-256 is not the one in %1; copy it "
           "again or build the variants anew")
            .arg(QLatin1String(manifestName)));
}

} // namespace

bool holdsVariantSet(const QString& folder)
{
    return QDir(folder).exists(QLatin1String(manifestName));
}

Result<VariantSet> readVariantSet(const QString& path)
{
    const QString manifest =
        QFileInfo(path).isDir() ? QDir(path).filePath(QLatin1String(manifestName)) : path;
    Result<VariantSet> set = readManifest(manifest);
    if (!set)
        return set.failure();
    for (Variant& variant : set->variants) {
        if (Status fits = checkFile(*set, variant); !fits)
            return inFile(manifest, fits.failure());
        variant.changed = QFileInfo(variant.path).lastModified();
    }
    return set;
}

Status writeManifest(const VariantSet& set)
{
    const QString path = QDir(set.folder).filePath(QLatin1String(manifestName));
    if (!QFileInfo(set.folder).isDir())
        return notWritable(path, tr("there is no such folder"));
    return writeFileAtomically(path, QJsonDocument(set.toJson()).toJson());
}

Result<QByteArray> fileSha256(const QString& path, const std::stop_token& stop)
{
    constexpr qint64 piece = 1 << 20;
    if (const std::optional<Error> problem = whyNotReadable(path))
        return *problem;
    QFile file(path);
    QCryptographicHash hash(QCryptographicHash::Sha256);
    if (!file.open(QIODevice::ReadOnly | QIODevice::Unbuffered))
        return unreadable(file);
    QByteArray bytes(piece, Qt::Uninitialized);
    qint64 count = 0;
    while ((count = file.read(bytes.data(), piece)) > 0) {
        if (stop.stop_requested())
            return Cancelled{};
        hash.addData(QByteArrayView(bytes).first(count));
    }
    return count < 0 ? Result<QByteArray>(unreadable(file)) : hash.result();
}

Status checkContent(const Variant& variant, const std::stop_token& stop)
{
    const Result<QByteArray> sha256 = fileSha256(variant.path, stop);
    if (!sha256)
        return sha256.failure();
    if (*sha256 != variant.sha256)
        return contentChanged(variant.path);
    return Done{};
}

Status checkUnchanged(const Variant& variant, const std::stop_token& stop)
{
    if (!variant.changed.isValid())
        return Done{};
    const Result<FileIdentity> identity = identify(variant.path);
    if (!identity)
        return identity.failure();
    if (identity->bytes == variant.bytes && lastChange(*identity) == variant.changed)
        return Done{};
    const auto sha256 = modelSha256(*identity, stop);
    if (!sha256)
        return sha256.failure();
    if (*sha256 != variant.sha256)
        return fileError(ErrorKind::Malformed, variant.path,
                         tr("its content has changed since it was opened; remove it and open it again"));
    return Done{};
}

Result<QByteArray> modelSha256(const FileIdentity& identity, const std::stop_token& stop)
{
    if (identity.parts.isEmpty())
        return fileSha256(identity.path, stop);
    QCryptographicHash all(QCryptographicHash::Sha256);
    for (const QString& part : identity.parts) {
        Result<QByteArray> sha256 = fileSha256(part, stop);
        if (!sha256)
            return sha256;
        all.addData(*sha256);
    }
    return all.result();
}

Result<std::optional<Variant>> variantListedBeside(const QString& path)
{
    const QFileInfo file(path);
    const QString manifest = file.dir().filePath(QLatin1String(manifestName));
    if (!QFileInfo(manifest).isFile())
        return std::optional<Variant>();
    const Result<VariantSet> set = readManifest(manifest);
    if (!set)
        return set.failure();
    for (const Variant& variant : set->variants)
        if (QFileInfo(variant.path) == file)
            return std::optional(variant);
    return std::optional<Variant>();
}

Result<Variant> readInput(const FileIdentity& identity, const DeitOptions& options)
{
    Result<Variant> content = readContent(identity, options);
    if (!content)
        return content;
    const Result<std::optional<Variant>> listed = variantListedBeside(identity.path);
    if (!listed)
        return listed.failure();
    return *listed ? **listed : content;
}

Result<Variant> readVariant(const QString& path, const DeitOptions& options)
{
    const Result<FileIdentity> identity = identify(path);
    if (!identity)
        return identity.failure();
    return readVariant(*identity, options);
}

Result<Variant> readVariant(const FileIdentity& identity, const DeitOptions& options,
                            const std::stop_token& stop)
{
    if (const std::optional<Error> problem = whyNotModel(identity))
        return *problem;
    const auto kind = kindOf(identity);
    if (!kind)
        return fileError(ErrorKind::Usage, identity.path, tr("this is a variant set, not a single model"));
    const QDateTime changed = lastChange(identity);
    const Result<Variant> content = readInput(identity, options);
    if (!content)
        return content.failure();
    const Result<QByteArray> sha256 = modelSha256(identity, stop);
    if (!sha256)
        return sha256.failure();

    if (!content->sha256.isEmpty() && content->sha256 != *sha256)
        return contentChanged(identity.path);
    Variant variant = *content;
    if (const Status told = tellWhatIsNotFinite(identity, variant, stop); !told)
        return told.failure();
    variant.kind = *kind;
    variant.name = QFileInfo(identity.folder.isEmpty() ? identity.path : identity.folder).fileName();
    variant.path = identity.path;
    variant.bytes = identity.bytes;
    variant.changed = changed;
    variant.sha256 = *sha256;
    variant.isQuantized = identity.isQuantized;
    variant.deit = options;
    return variant;
}

} // namespace vitrine
