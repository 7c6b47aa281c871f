#include "core/model/deit_problems.h"

#include "core/base/literals.h"
#include "core/base/tr.h"
#include "core/checkpoint/model_folder.h"
#include "core/model/deit_relatives.h"

namespace vitrine {

Error notADeit(const QString& reason)
{
    return Error{ErrorKind::Unsupported, tr("not a DeiT: %1").arg(reason)};
}

QString shapeText(const std::vector<qint64>& shape)
{
    QStringList sizes;
    for (const qint64 size : shape)
        sizes.append(QString::number(size));
    return QLatin1Char('[') + sizes.join(u", "_s) + QLatin1Char(']');
}

QString listed(const QStringList& items, const QString& separator)
{
    constexpr qsizetype shown = 4;
    const QString text = items.mid(0, shown).join(separator);
    return items.size() <= shown ? text : tr("%1 and %2 more").arg(text).arg(items.size() - shown);
}

Error noPatchEmbedding(const Checkpoint& checkpoint)
{
    QStringList names;
    for (const CheckpointTensor& tensor : checkpoint.tensors)
        names.append(tensor.name);
    return notADeit(tr("it is missing the patch embedding (patch_embed.proj.weight, or "
                       "embeddings.patch_embeddings.projection.weight of Hugging Face); it holds %1")
                        .arg(names.isEmpty() ? tr("no tensors") : listed(names)));
}

Error withWayOut(Error error, const Checkpoint& checkpoint, int imageSize)
{
    if (error.kind != ErrorKind::Unsupported)
        return error;
    if (const QString index = missingIndexOf(checkpoint.path); !index.isEmpty()) {
        error.message =
            tr("it is one of several files that hold a model together; put the others and %1 beside "
               "it, and open the folder")
                .arg(index);
        return error;
    }
    const QString relative = describeRelative(checkpoint);
    if (!relative.isEmpty())
        error.message += u"; "_s + relative;
    if (!checkpoint.otherWeights.isEmpty())
        error.message += tr("; these are its weights at \"%1\", others are at \"%2\"")
                             .arg(checkpoint.weights, checkpoint.otherWeights.join(u"\", \""_s));
    error.message += tr("; any model can be run that is exported as TorchScript: "
                        "torch.jit.trace(model.eval(), torch.rand(1, 3, %1, %1)).save(\"model.pt\")")
                         .arg(imageSize);
    return error;
}

} // namespace vitrine
