#pragma once

#include "core/base/result.h"
#include "core/checkpoint/checkpoint.h"
#include "core/model/deit_options.h"

#include <QIODevice>
#include <QJsonObject>
#include <QMap>

#include <optional>
#include <vector>

namespace vitrine {

/// What the head looks at.
enum class Pooling {
    ClassToken,    ///< Of normalized tokens.
    MeanOfPatches, ///< Normalized after that ("fc_norm"): fine-tuned masked autoencoders.
};

/// The shape of a (distilled) vision transformer; everything but heads and epsilon is read off the
/// tensors' shapes.
struct DeitConfig
{
    int imageSize = 224; ///< Input side, pixels.
    int patchSize = 16;  ///< Pixels.
    int channels = 3;
    int width = 192;  ///< Embedding dimension.
    int depth = 12;   ///< Number of blocks.
    int heads = 3;    ///< What is usual for the width, unless stated elsewhere.
    int hidden = 768; ///< Width of the MLP.
    int classes = 1000;
    bool distilled = false;
    double layerNormEpsilon = 1e-6;
    Pooling pooling = Pooling::ClassToken;

    int patches() const { return (imageSize / patchSize) * (imageSize / patchSize); }
    int tokens() const { return patches() + (distilled ? 2 : 1); }
    bool operator==(const DeitConfig&) const = default;

    static Result<DeitConfig> fromJson(const QJsonObject& object);
    QJsonObject toJson() const;
};

/// A DeiT parameter under its timm name, and the checkpoint tensors it is made of: one, or several to be put
/// one after another (Hugging Face's query, key and value; zeros for a bias that a relative does without).
struct DeitParameter
{
    QString name; ///< "blocks.0.attn.qkv.weight"
    std::vector<qint64> shape;
    std::vector<CheckpointTensor> parts;
    std::optional<CheckpointTensor> scale = {}; ///< DeiT III: a factor for each row.

    qint64 count() const;
    void copyTo(std::span<float> target) const; ///< count() values, row-major.
};

/// A checkpoint understood as a DeiT: its configuration and every parameter, in canonical order.
struct DeitWeights
{
    DeitConfig config;
    std::vector<DeitParameter> parameters;
    Checkpoint checkpoint;               ///< Keeps the parameters' bytes alive.
    QMap<QString, QString> origins = {}; ///< "heads", "layerNormEpsilon": the file beside it that says so.
    QStringList notices = {};            ///< What was guessed.

    qint64 parameterCount() const;
};

/// A step of readDeit(): fills in the heads and the epsilon of a configuration whose dimensions are known:
/// from the options, what the file says, the config.json beside it, or what is usual, in this order. Errors
/// do not name the file.
Status settleHeads(DeitWeights& weights, const DeitOptions& options);

/// timm/DeiT, Hugging Face or torchvision names, plain or distilled. What near relatives add is folded into
/// the weights where that changes no answer: DeiT III's layer scale, a class token without a position, no
/// bias of queries, keys and values. Missing, extra and misshapen tensors are named in the error ("not a
/// DeiT: ..."), and the relative that it seems to be.
Result<DeitWeights> readDeit(const Checkpoint& checkpoint, const DeitOptions& options = {});
/// The same of a file, which is read once.
Result<DeitWeights> readDeit(const QString& path, const DeitOptions& options);

/// Malformed: "x.pth: blocks.0.attn.qkv.weight is not finite (NaN or infinity: 3 of its numbers)". Reads all
/// weights.
Status checkFinite(const DeitWeights& weights);

/// Writes the weights as safetensors of this type (Float32 or Float16) under timm names, with the
/// configuration in its metadata. Overwrites; not atomic (the caller writes into a folder of its own).
Status writeDeit(const DeitWeights& weights, const QString& path, TensorType type = TensorType::Float32);
/// The same into something that is open.
Status writeDeit(const DeitWeights& weights, QIODevice& target, TensorType type = TensorType::Float32);

} // namespace vitrine
