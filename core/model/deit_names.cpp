#include "core/model/deit_names.h"

#include "core/base/literals.h"

#include <QSet>

namespace vitrine {

namespace {

const QString patchWeight = u"patch_embed.proj.weight"_s;
const QString patchWeightHf = u"embeddings.patch_embeddings.projection.weight"_s;

using Shapes = std::vector<DeitParameter>;

void addPair(Shapes& shapes, const QString& name, std::vector<qint64> weight)
{
    const qint64 rows = weight.front();
    shapes.push_back({name + u".weight"_s, std::move(weight), {}});
    shapes.push_back({name + u".bias"_s, {rows}, {}});
}

void addBlock(Shapes& shapes, const QString& block, const DeitConfig& config)
{
    const qint64 width = config.width;
    const qint64 hidden = config.hidden;
    addPair(shapes, block + u"norm1"_s, {width});
    addPair(shapes, block + u"attn.qkv"_s, {3 * width, width});
    addPair(shapes, block + u"attn.proj"_s, {width, width});
    addPair(shapes, block + u"norm2"_s, {width});
    addPair(shapes, block + u"mlp.fc1"_s, {hidden, width});
    addPair(shapes, block + u"mlp.fc2"_s, {width, hidden});
}

/// Hugging Face's name for what timm calls `layer` inside a block, without ".weight".
QString blockLayer(const QString& layer)
{
    static const QHash<QString, QString> names{{u"norm1"_s, u"layernorm_before"_s},
                                               {u"attn.proj"_s, u"attention.output.dense"_s},
                                               {u"norm2"_s, u"layernorm_after"_s},
                                               {u"mlp.fc1"_s, u"intermediate.dense"_s},
                                               {u"mlp.fc2"_s, u"output.dense"_s}};
    return names.value(layer);
}

} // namespace

std::vector<DeitParameter> deitParameters(const DeitConfig& config)
{
    const qint64 width = config.width;
    Shapes shapes;
    shapes.push_back({u"cls_token"_s, {1, 1, width}, {}});
    if (config.distilled)
        shapes.push_back({u"dist_token"_s, {1, 1, width}, {}});
    shapes.push_back({u"pos_embed"_s, {1, config.tokens(), width}, {}});
    addPair(shapes, u"patch_embed.proj"_s, {width, config.channels, config.patchSize, config.patchSize});
    for (int i = 0; i < config.depth; ++i)
        addBlock(shapes, u"blocks.%1."_s.arg(i), config);
    addPair(shapes, config.pooling == Pooling::MeanOfPatches ? u"fc_norm"_s : u"norm"_s, {width});
    addPair(shapes, u"head"_s, {config.classes, width});
    if (config.distilled)
        addPair(shapes, u"head_dist"_s, {config.classes, width});
    return shapes;
}

QString DeitNaming::block() const
{
    return huggingFace ? prefix + u"encoder.layer."_s : u"blocks."_s;
}

std::vector<QString> DeitNaming::sources(const QString& name) const
{
    if (!huggingFace)
        return {name};
    static const QHash<QString, QString> tokens{{u"cls_token"_s, u"cls_token"_s},
                                                {u"dist_token"_s, u"distillation_token"_s},
                                                {u"pos_embed"_s, u"position_embeddings"_s}};
    if (const auto token = tokens.constFind(name); token != tokens.constEnd())
        return {prefix + u"embeddings."_s + *token};

    const qsizetype dot = name.lastIndexOf(QLatin1Char('.'));
    const QString layer = name.left(dot);
    const QString kind = name.mid(dot); // ".weight" or ".bias"
    if (layer == u"patch_embed.proj"_s)
        return {prefix + u"embeddings.patch_embeddings.projection"_s + kind};
    if (layer == u"norm"_s)
        return {normPrefix + u"layernorm"_s + kind};
    if (layer == u"head"_s)
        return {classifier + kind};
    if (layer == u"head_dist"_s)
        return {u"distillation_classifier"_s + kind};

    const QString inner = layer.section(QLatin1Char('.'), 2); // after "blocks.N."
    const QString outer = block() + layer.section(QLatin1Char('.'), 1, 1) + QLatin1Char('.');
    if (inner != u"attn.qkv"_s)
        return {outer + blockLayer(inner) + kind};
    const QString attention = outer + u"attention.attention."_s;
    return {attention + u"query"_s + kind, attention + u"key"_s + kind, attention + u"value"_s + kind};
}

std::optional<DeitNaming> deitNaming(const Checkpoint& checkpoint)
{
    QSet<QString> names;
    for (const CheckpointTensor& tensor : checkpoint.tensors)
        names.insert(tensor.name);
    if (names.contains(patchWeight))
        return DeitNaming{};
    for (const QString& prefix : {u"vit."_s, u"deit."_s, QString()}) {
        if (!names.contains(prefix + patchWeightHf))
            continue;
        const bool outside =
            !names.contains(prefix + u"layernorm.weight"_s) && names.contains(u"layernorm.weight"_s);
        const bool teacher = names.contains(u"cls_classifier.weight"_s);
        return DeitNaming{true, prefix, outside ? QString() : prefix,
                          teacher ? u"cls_classifier"_s : u"classifier"_s};
    }
    return std::nullopt;
}

bool isHarmlessExtra(const DeitNaming& naming, const QString& name)
{
    if (!naming.huggingFace)
        return false;
    // The pooler feeds other tasks: Hugging Face's image classifiers read the class token directly. The mask
    // token replaces patches in masked training only.
    return name.startsWith(naming.prefix + u"pooler.dense."_s) ||
           name == naming.prefix + u"embeddings.mask_token"_s;
}

} // namespace vitrine
