#include "core/model/deit_names.h"

#include <QSet>

namespace vitrine {

namespace {

const QString patchWeight = QStringLiteral("patch_embed.proj.weight");
const QString patchWeightHf = QStringLiteral("embeddings.patch_embeddings.projection.weight");

using Shapes = std::vector<DeitParameterShape>;

void addPair(Shapes& shapes, const QString& name, std::vector<qint64> weight)
{
    const qint64 rows = weight.front();
    shapes.push_back({name + QStringLiteral(".weight"), std::move(weight)});
    shapes.push_back({name + QStringLiteral(".bias"), {rows}});
}

void addBlock(Shapes& shapes, const QString& block, const DeitConfig& config)
{
    const qint64 width = config.width;
    const qint64 hidden = config.hidden;
    addPair(shapes, block + QStringLiteral("norm1"), {width});
    addPair(shapes, block + QStringLiteral("attn.qkv"), {3 * width, width});
    addPair(shapes, block + QStringLiteral("attn.proj"), {width, width});
    addPair(shapes, block + QStringLiteral("norm2"), {width});
    addPair(shapes, block + QStringLiteral("mlp.fc1"), {hidden, width});
    addPair(shapes, block + QStringLiteral("mlp.fc2"), {width, hidden});
}

/// Hugging Face's name for what timm calls `layer` inside a block, without ".weight".
QString blockLayer(const QString& layer)
{
    static const QHash<QString, QString> names{
        {QStringLiteral("norm1"), QStringLiteral("layernorm_before")},
        {QStringLiteral("attn.proj"), QStringLiteral("attention.output.dense")},
        {QStringLiteral("norm2"), QStringLiteral("layernorm_after")},
        {QStringLiteral("mlp.fc1"), QStringLiteral("intermediate.dense")},
        {QStringLiteral("mlp.fc2"), QStringLiteral("output.dense")}};
    return names.value(layer);
}

} // namespace

std::vector<DeitParameterShape> deitParameters(const DeitConfig& config)
{
    const qint64 width = config.width;
    Shapes shapes;
    shapes.push_back({QStringLiteral("cls_token"), {1, 1, width}});
    if (config.distilled)
        shapes.push_back({QStringLiteral("dist_token"), {1, 1, width}});
    shapes.push_back({QStringLiteral("pos_embed"), {1, config.tokens(), width}});
    addPair(shapes, QStringLiteral("patch_embed.proj"),
            {width, config.channels, config.patchSize, config.patchSize});
    for (int i = 0; i < config.depth; ++i)
        addBlock(shapes, QStringLiteral("blocks.%1.").arg(i), config);
    addPair(shapes, QStringLiteral("norm"), {width});
    addPair(shapes, QStringLiteral("head"), {config.classes, width});
    if (config.distilled)
        addPair(shapes, QStringLiteral("head_dist"), {config.classes, width});
    return shapes;
}

QString DeitNaming::block() const
{
    return huggingFace ? prefix + QStringLiteral("encoder.layer.") : QStringLiteral("blocks.");
}

std::vector<QString> DeitNaming::sources(const QString& name) const
{
    if (!huggingFace)
        return {name};
    static const QHash<QString, QString> tokens{
        {QStringLiteral("cls_token"), QStringLiteral("cls_token")},
        {QStringLiteral("dist_token"), QStringLiteral("distillation_token")},
        {QStringLiteral("pos_embed"), QStringLiteral("position_embeddings")}};
    if (const auto token = tokens.constFind(name); token != tokens.constEnd())
        return {prefix + QStringLiteral("embeddings.") + *token};

    const qsizetype dot = name.lastIndexOf(QLatin1Char('.'));
    const QString layer = name.left(dot);
    const QString kind = name.mid(dot); // ".weight" or ".bias"
    if (layer == QStringLiteral("patch_embed.proj"))
        return {prefix + QStringLiteral("embeddings.patch_embeddings.projection") + kind};
    if (layer == QStringLiteral("norm"))
        return {normPrefix + QStringLiteral("layernorm") + kind};
    if (layer == QStringLiteral("head"))
        return {classifier + kind};
    if (layer == QStringLiteral("head_dist"))
        return {QStringLiteral("distillation_classifier") + kind};

    const QString inner = layer.section(QLatin1Char('.'), 2); // after "blocks.N."
    const QString outer = block() + layer.section(QLatin1Char('.'), 1, 1) + QLatin1Char('.');
    if (inner != QStringLiteral("attn.qkv"))
        return {outer + blockLayer(inner) + kind};
    const QString attention = outer + QStringLiteral("attention.attention.");
    return {attention + QStringLiteral("query") + kind, attention + QStringLiteral("key") + kind,
            attention + QStringLiteral("value") + kind};
}

std::optional<DeitNaming> deitNaming(const Checkpoint& checkpoint)
{
    QSet<QString> names;
    for (const CheckpointTensor& tensor : checkpoint.tensors)
        names.insert(tensor.name);
    if (names.contains(patchWeight))
        return DeitNaming{};
    for (const QString& prefix : {QStringLiteral("vit."), QStringLiteral("deit."), QString()}) {
        if (!names.contains(prefix + patchWeightHf))
            continue;
        const bool outside = !names.contains(prefix + QStringLiteral("layernorm.weight")) &&
                             names.contains(QStringLiteral("layernorm.weight"));
        const bool teacher = names.contains(QStringLiteral("cls_classifier.weight"));
        return DeitNaming{true, prefix, outside ? QString() : prefix,
                          teacher ? QStringLiteral("cls_classifier") : QStringLiteral("classifier")};
    }
    return std::nullopt;
}

bool isHarmlessExtra(const DeitNaming& naming, const QString& name)
{
    if (!naming.huggingFace)
        return false;
    // The pooler feeds other tasks: Hugging Face's image classifiers read the class token directly. The mask
    // token replaces patches in masked training only.
    return name.startsWith(naming.prefix + QStringLiteral("pooler.dense.")) ||
           name == naming.prefix + QStringLiteral("embeddings.mask_token");
}

} // namespace vitrine
