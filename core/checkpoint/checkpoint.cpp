#include "core/checkpoint/checkpoint.h"

#include "core/base/file_error.h"
#include "core/base/literals.h"
#include "core/base/tr.h"
#include "core/checkpoint/checkpoint_readers.h"
#include "core/checkpoint/file_format.h"
#include "core/checkpoint/model_folder.h"
#include "core/checkpoint/transfer_damage.h"

#include <QFileInfo>

#include <algorithm>
#include <numeric>

namespace vitrine {

namespace {

Result<Checkpoint> readMapped(const std::shared_ptr<const MappedFile>& file, ChecksumCheck check,
                              const QString& weights)
{
    const Bytes bytes = file->bytes();
    if (looksLikeZip(bytes))
        return readZipCheckpoint(file, check, weights);
    if (looksLikeLegacyCheckpoint(bytes))
        return readLegacyCheckpoint(file, weights);
    if (looksLikeSafetensors(bytes))
        return readSafetensors(file, weights);
    if (looksLikeTar(bytes))
        return Error{ErrorKind::Unsupported,
                     tr("it was saved by one of PyTorch's first releases (a tar archive); load it in PyTorch "
                        "and save it again")};
    return Error{ErrorKind::Unsupported,
                 tr("this is not a checkpoint: neither safetensors nor a file of torch.save")};
}

Result<Checkpoint> readIndexed(const QString& index, const QString& weights)
{
    const Result<QStringList> shards = shardsOf(index);
    return inFile(index, shards ? readShards(*shards, weights) : shards.failure());
}

Result<Checkpoint> readOne(const QString& path, ChecksumCheck check, const QString& weights)
{
    const auto file = MappedFile::open(path);
    if (!file)
        return file.failure();
    Result<Checkpoint> checkpoint = inFile(path, readMapped(*file, check, weights));
    if (const auto change = (*file)->whyNotWhole())
        return *change;
    if (const auto damage = checkpoint ? std::nullopt : transferDamage((*file)->bytes()))
        return fileError(ErrorKind::Malformed, path, *damage);
    if (checkpoint)
        checkpoint->files = {*file};
    return checkpoint;
}

} // namespace

std::optional<Error> Checkpoint::whyNotWhole() const
{
    for (const auto& file : files)
        if (auto change = file->whyNotWhole())
            return change;
    return std::nullopt;
}

const CheckpointTensor* Checkpoint::find(const QString& name) const
{
    const auto found = std::ranges::find(tensors, name, &CheckpointTensor::name);
    return found == tensors.end() ? nullptr : &*found;
}

qint64 Checkpoint::count() const
{
    return std::accumulate(tensors.begin(), tensors.end(), qint64(0),
                           [](qint64 sum, const CheckpointTensor& tensor) { return sum + tensor.count(); });
}

Result<Checkpoint> readCheckpoint(const QString& path, ChecksumCheck check, const QString& weights)
{
    const QString file = modelFileAt(path);
    Result<Checkpoint> checkpoint = isShardIndex(file) && QFileInfo(file).isFile()
                                        ? readIndexed(file, weights)
                                        : readOne(file, check, weights);
    if (!checkpoint)
        return checkpoint;
    if (!weights.isEmpty() && checkpoint->weights != weights) {
        QStringList held = checkpoint->otherWeights;
        held.prepend(checkpoint->weights);
        held.removeAll(QString());
        return fileError(
            ErrorKind::Usage, file,
            held.isEmpty()
                ? tr("it holds no weights at \"%1\"").arg(weights)
                : tr("it holds no weights at \"%1\", but at \"%2\"").arg(weights, held.join(u"\", \""_s)));
    }
    checkpoint->path = QFileInfo(file).absoluteFilePath();
    return checkpoint;
}

} // namespace vitrine
