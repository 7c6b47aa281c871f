#include "core/model/deit_reader.h"

#include "core/base/literals.h"
#include "core/base/tr.h"
#include "core/model/deit_problems.h"
#include "core/model/deit_relatives.h"

#include <QSet>

#include <algorithm>
#include <cmath>

namespace vitrine {

namespace {

constexpr qint64 largestDimension = 1 << 16;
constexpr int largestDepth = 512;

using Shape = std::vector<qint64>;

/// So many zeros, of which one is stored.
CheckpointTensor zeros(const QString& name, Shape shape)
{
    static constexpr float zero = 0;
    Shape strides(shape.size(), 0);
    return {name, TensorType::Float32, std::move(shape), std::move(strides),
            std::as_bytes(std::span(&zero, 1))};
}

/// Reads a checkpoint as a DeiT, step by step.
class DeitReader
{
public:
    DeitReader(const Checkpoint& checkpoint, DeitNaming naming)
        : m_checkpoint(checkpoint), m_naming(std::move(naming))
    {
        for (const CheckpointTensor& tensor : checkpoint.tensors)
            m_byName.insert(tensor.name, &tensor);
    }

    Result<DeitWeights> read(const DeitOptions& options);
    /// None until it was found out.
    std::optional<int> imageSize() const
    {
        return m_knowsImage ? std::optional(m_config.imageSize) : std::nullopt;
    }

private:
    const CheckpointTensor* find(const QString& timmName) const
    {
        return m_byName.value(m_naming.sources(timmName).front());
    }

    Status inferPatches();
    Status inferDepth();
    void inferLayerScale();
    Status inferHeads();
    Status inferImage();
    void inferHidden();
    void collect(DeitParameter parameter);
    bool isBiasOfNone(const QString& name, qsizetype part) const;
    void scale(DeitParameter& parameter);
    void checkPart(const CheckpointTensor& part, const Shape& expected);
    Status complaints() const;

    const Checkpoint& m_checkpoint;
    DeitNaming m_naming;
    QHash<QString, const CheckpointTensor*> m_byName;
    DeitConfig m_config;
    std::vector<DeitParameter> m_parameters;
    QSet<QString> m_used;
    bool m_knowsImage = false;
    bool m_layerScale = false;     ///< Every block has two (DeiT III).
    bool m_classIsNowhere = false; ///< The class token has no position (DeiT III).
    QStringList m_missing;
    QStringList m_misshapen;
};

Status DeitReader::inferPatches()
{
    const CheckpointTensor& weight = *find(u"patch_embed.proj.weight"_s);
    const Shape& shape = weight.shape;
    const auto isUsable = [](qint64 size) { return size >= 1 && size <= largestDimension; };
    if (shape.size() != 4 || !std::ranges::all_of(shape, isUsable))
        return notADeit(tr("%1 has shape %2, expected [width, channels, patch, patch]")
                            .arg(weight.name, shapeText(shape)));
    if (shape[2] != shape[3])
        return notADeit(tr("its patches are not square but %1 x %2").arg(shape[2]).arg(shape[3]));
    m_config.width = int(shape[0]);
    m_config.channels = int(shape[1]);
    m_config.patchSize = int(shape[2]);
    return Done{};
}

Status DeitReader::inferDepth()
{
    qint64 depth = 0;
    for (const CheckpointTensor& tensor : m_checkpoint.tensors) {
        if (!tensor.name.startsWith(m_naming.block()))
            continue;
        bool ok = false;
        const QString rest = tensor.name.mid(m_naming.block().size());
        const int number = rest.left(rest.indexOf(QLatin1Char('.'))).toInt(&ok);
        if (ok && number >= 0)
            depth = std::max(depth, qint64(number) + 1);
    }
    if (depth == 0)
        return notADeit(tr("it is missing its blocks (%1...)").arg(m_naming.block() + QLatin1Char('0')));
    if (depth > largestDepth)
        return notADeit(tr("it has more than %1 blocks").arg(largestDepth));
    m_config.depth = int(depth);
    return Done{};
}

void DeitReader::inferLayerScale()
{
    m_layerScale = !m_naming.huggingFace;
    for (int i = 0; i < m_config.depth; ++i)
        for (const QString& name : {u"blocks.%1.ls1.gamma"_s, u"blocks.%1.ls2.gamma"_s})
            m_layerScale = m_layerScale && m_byName.contains(name.arg(i));
}

Status DeitReader::inferHeads()
{
    m_config.distilled = find(u"dist_token"_s) || find(u"head_dist.weight"_s);
    if (!m_naming.huggingFace && find(u"fc_norm.weight"_s) && !find(u"norm.weight"_s))
        m_config.pooling = Pooling::MeanOfPatches;
    if (m_config.distilled && m_config.pooling == Pooling::MeanOfPatches)
        return notADeit(tr("it has a distillation token and takes the mean of all patches (fc_norm)"));
    const CheckpointTensor* head = find(u"head.weight"_s);
    if (!head)
        return notADeit(tr("it is missing %1: a model without a classification head (a feature extractor) "
                           "names no classes")
                            .arg(m_naming.sources(u"head.weight"_s).front()));
    if (head->shape.size() != 2 || head->shape[0] < 1 || head->shape[0] > 16 * largestDimension)
        return notADeit(tr("%1 has shape %2, expected [classes, %3]")
                            .arg(head->name, shapeText(head->shape))
                            .arg(m_config.width));
    m_config.classes = int(head->shape[0]);
    return Done{};
}

Status DeitReader::inferImage()
{
    const CheckpointTensor* positions = find(u"pos_embed"_s);
    if (!positions)
        return notADeit(tr("it is missing %1").arg(m_naming.sources(u"pos_embed"_s).front()));
    const Shape& shape = positions->shape;
    if (shape.size() != 3 || shape[0] != 1 || shape[1] < 1)
        return notADeit(tr("%1 has shape %2, expected [1, tokens, %3]")
                            .arg(positions->name, shapeText(shape))
                            .arg(m_config.width));
    const auto root = qint64(std::llround(std::sqrt(double(shape[1]))));
    m_classIsNowhere = m_layerScale && !m_config.distilled && root * root == shape[1];
    const qint64 extra = m_classIsNowhere ? 0 : m_config.distilled ? 2 : 1;
    const qint64 patches = shape[1] - extra;
    const auto side = qint64(std::llround(std::sqrt(double(std::max<qint64>(patches, 0)))));
    if (patches < 1 || side > largestDimension || side * side != patches)
        return notADeit(
            tr("%1 has shape %2: %3 tokens less %4 for the classes are no square of patches; only "
               "square images are supported")
                .arg(positions->name, shapeText(shape))
                .arg(shape[1])
                .arg(extra));
    if (side * m_config.patchSize > largestDimension)
        return notADeit(tr("its images would be %1 pixels wide").arg(side * m_config.patchSize));
    m_config.imageSize = int(side) * m_config.patchSize;
    m_knowsImage = true;
    return Done{};
}

void DeitReader::inferHidden()
{
    const CheckpointTensor* fc1 = find(u"blocks.0.mlp.fc1.weight"_s);
    const bool usable =
        fc1 && fc1->shape.size() == 2 && fc1->shape[0] >= 1 && fc1->shape[0] <= 16 * largestDimension;
    m_config.hidden = usable ? int(fc1->shape[0]) : 4 * m_config.width;
}

void DeitReader::collect(DeitParameter parameter)
{
    const std::vector<QString> sources = m_naming.sources(parameter.name);
    Shape partShape = parameter.shape;
    partShape.front() /= qint64(sources.size());
    if (m_classIsNowhere && parameter.name == u"pos_embed"_s) {
        parameter.parts.push_back(zeros(parameter.name, {1, 1, m_config.width}));
        --partShape[1];
    }
    for (const QString& source : sources) {
        m_used.insert(source);
        const CheckpointTensor* part = m_byName.value(source);
        if (!part && isBiasOfNone(parameter.name, qsizetype(parameter.parts.size()))) {
            parameter.parts.push_back(zeros(source, partShape));
            continue;
        }
        if (!part) {
            m_missing.append(source);
            continue;
        }
        checkPart(*part, partShape);
        parameter.parts.push_back(*part);
    }
    scale(parameter);
    m_parameters.push_back(std::move(parameter));
}

/// Whether this is a part of the bias of queries, keys and values that no block has.
bool DeitReader::isBiasOfNone(const QString& name, qsizetype part) const
{
    if (!name.endsWith(u".attn.qkv.bias"_s))
        return false;
    for (int i = 0; i < m_config.depth; ++i)
        if (m_byName.contains(m_naming.sources(u"blocks.%1.attn.qkv.bias"_s.arg(i)).at(std::size_t(part))))
            return false;
    return true;
}

/// Layer scale multiplies what these layers give, and so their rows.
void DeitReader::scale(DeitParameter& parameter)
{
    const bool first = parameter.name.contains(u".attn.proj."_s);
    if (!m_layerScale || !(first || parameter.name.contains(u".mlp.fc2."_s)))
        return;
    const QString block = parameter.name.section(QLatin1Char('.'), 0, 1);
    const CheckpointTensor* gamma = m_byName.value(block + (first ? u".ls1.gamma"_s : u".ls2.gamma"_s));
    if (!m_used.contains(gamma->name))
        checkPart(*gamma, {m_config.width});
    m_used.insert(gamma->name);
    parameter.scale = *gamma;
}

void DeitReader::checkPart(const CheckpointTensor& part, const Shape& expected)
{
    if (part.shape != expected)
        m_misshapen.append(
            tr("%1 has shape %2, expected %3").arg(part.name, shapeText(part.shape), shapeText(expected)));
    else if (part.type == TensorType::Other)
        m_misshapen.append(tr("%1 does not hold floating-point numbers").arg(part.name));
}

Status DeitReader::complaints() const
{
    QStringList unexpected;
    for (const CheckpointTensor& tensor : m_checkpoint.tensors)
        if (!m_used.contains(tensor.name) && !isHarmlessExtra(m_naming, tensor.name) && !isIdleBuffer(tensor))
            unexpected.append(tensor.name);
    QStringList reasons;
    if (!m_missing.isEmpty())
        reasons.append(tr("it is missing %1").arg(listed(m_missing)));
    if (!m_misshapen.isEmpty())
        reasons.append(listed(m_misshapen, u"; "_s));
    if (!unexpected.isEmpty())
        reasons.append(tr("a DeiT has no %1").arg(listed(unexpected)));
    if (reasons.isEmpty())
        return Done{};
    return notADeit(reasons.join(u"; "_s));
}

Result<DeitWeights> DeitReader::read(const DeitOptions& options)
{
    for (const auto step : {&DeitReader::inferPatches, &DeitReader::inferDepth})
        if (Status done = (this->*step)(); !done)
            return done.failure();
    const Status heads = inferHeads();
    inferLayerScale();
    const Status image = inferImage();
    for (const Status* done : {&heads, &image})
        if (!*done)
            return done->failure();
    inferHidden();
    for (DeitParameter& parameter : deitParameters(m_config))
        collect(std::move(parameter));
    if (Status fits = complaints(); !fits)
        return fits.failure();
    DeitWeights weights{m_config, std::move(m_parameters), m_checkpoint};
    if (Status settled = settleHeads(weights, options); !settled)
        return settled.failure();
    return weights;
}

} // namespace

Result<DeitWeights> readDeit(const Checkpoint& checkpoint, DeitNaming naming, const DeitOptions& options,
                             int& imageSize)
{
    DeitReader reader(checkpoint, std::move(naming));
    Result<DeitWeights> weights = reader.read(options);
    imageSize = reader.imageSize().value_or(imageSize);
    return weights;
}

} // namespace vitrine
