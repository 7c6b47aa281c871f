#include "core/model/deit_relatives.h"

#include "core/base/literals.h"
#include "core/base/tr.h"
#include "core/checkpoint/weight_names.h"

#include <QRegularExpression>
#include <QSet>

#include <algorithm>

namespace vitrine {

namespace {

template <typename Test>
bool anyName(const Checkpoint& checkpoint, const Test& test)
{
    return std::ranges::any_of(checkpoint.tensors,
                               [&](const CheckpointTensor& tensor) { return test(tensor.name); });
}

QString nameOfTorchvision(const QString& name)
{
    static const QHash<QString, QString> outer{{u"class_token"_s, u"cls_token"_s},
                                               {u"encoder.pos_embedding"_s, u"pos_embed"_s},
                                               {u"conv_proj.weight"_s, u"patch_embed.proj.weight"_s},
                                               {u"conv_proj.bias"_s, u"patch_embed.proj.bias"_s},
                                               {u"encoder.ln.weight"_s, u"norm.weight"_s},
                                               {u"encoder.ln.bias"_s, u"norm.bias"_s}};
    static const QList<std::pair<QString, QString>> inner{
        {u"ln_1."_s, u"norm1."_s},
        {u"ln_2."_s, u"norm2."_s},
        {u"self_attention.in_proj_"_s, u"attn.qkv."_s},
        {u"self_attention.out_proj."_s, u"attn.proj."_s},
        {u"mlp.linear_1."_s, u"mlp.fc1."_s},
        {u"mlp.linear_2."_s, u"mlp.fc2."_s},
        {u"mlp.0."_s, u"mlp.fc1."_s},
        {u"mlp.3."_s, u"mlp.fc2."_s},
    };
    static const QRegularExpression block(u"^encoder\\.layers\\.encoder_layer_(\\d+)\\.(.+)$"_s);
    const QRegularExpressionMatch match = block.match(name);
    if (!match.hasMatch())
        return outer.value(name, name);
    QString rest = match.captured(2);
    for (const auto& [theirs, ours] : inner)
        if (rest.startsWith(theirs))
            return u"blocks.%1."_s.arg(match.captured(1)) + ours + rest.mid(theirs.size());
    return name;
}

/// "blocks.1.12.norm1.weight", the second number counting all blocks, becomes "blocks.12.norm1.weight".
void joinChunks(Checkpoint& checkpoint)
{
    static const QRegularExpression chunked(u"^blocks\\.\\d+\\.(\\d+)\\.(.+)$"_s);
    QSet<QString> joined;
    for (const CheckpointTensor& tensor : checkpoint.tensors) {
        const QRegularExpressionMatch match = chunked.match(tensor.name);
        if (!tensor.name.startsWith(u"blocks."_s))
            continue;
        const QString name = u"blocks."_s + match.captured(1) + QLatin1Char('.') + match.captured(2);
        if (!match.hasMatch() || joined.contains(name))
            return;
        joined.insert(name);
    }
    for (CheckpointTensor& tensor : checkpoint.tensors)
        tensor.name.replace(chunked, u"blocks.\\1.\\2"_s);
}

void nameLayerScales(Checkpoint& checkpoint)
{
    static const QRegularExpression gamma(u"^(blocks\\.\\d+)\\.gamma_([12])$"_s);
    for (CheckpointTensor& tensor : checkpoint.tensors)
        tensor.name.replace(gamma, u"\\1.ls\\2.gamma"_s);
}

QStringList headWeights(const Checkpoint& checkpoint)
{
    QStringList names;
    for (const CheckpointTensor& tensor : checkpoint.tensors)
        if (isHeadWeight(tensor.name))
            names.append(tensor.name);
    return names;
}

void nameHead(Checkpoint& checkpoint, const QString& usual)
{
    const QStringList heads = headWeights(checkpoint);
    if (heads.size() != 1 || heads.front() == u"cls_classifier.weight"_s)
        return;
    const QString layer = heads.front().chopped(QString(u".weight"_s).size());
    for (CheckpointTensor& tensor : checkpoint.tensors)
        if (tensor.name == layer + u".weight"_s || tensor.name == layer + u".bias"_s)
            tensor.name = usual + tensor.name.mid(layer.size());
}

} // namespace

Checkpoint withUsualNames(Checkpoint checkpoint)
{
    const auto has = [&](const QString& part) {
        return anyName(checkpoint, [&](const QString& name) { return name.contains(part); });
    };
    if (has(u"encoder.layers.encoder_layer_0."_s))
        for (CheckpointTensor& tensor : checkpoint.tensors)
            tensor.name = nameOfTorchvision(tensor.name);
    const bool isHuggingFace = has(u"embeddings.patch_embeddings.projection.weight"_s);
    if (!isHuggingFace) {
        joinChunks(checkpoint);
        nameLayerScales(checkpoint);
    }
    nameHead(checkpoint, isHuggingFace ? u"classifier"_s : u"head"_s);
    return checkpoint;
}

bool isIdleBuffer(const CheckpointTensor& tensor)
{
    static const QSet<QString> idle{u"position_ids"_s, u"attn_mask"_s,  u"relative_position_index"_s,
                                    u"total_ops"_s,    u"mask_token"_s, u"num_batches_tracked"_s,
                                    u"total_params"_s, u"causal_mask"_s};
    return tensor.type == TensorType::Other || idle.contains(tensor.name.section(QLatin1Char('.'), -1));
}

QString describeRelative(const Checkpoint& checkpoint)
{
    struct Mark
    {
        const char* pattern;
        const char* meaning;
    };
    static constexpr Mark marks[] = {
        {"lora_[AB]", QT_TRANSLATE_NOOP("vitrine", "it is an adapter (LoRA), not a whole model")},
        {"weight_fake_quant|activation_post_process",
         QT_TRANSLATE_NOOP("vitrine", "it is prepared for quantization (observers beside the weights)")},
        {"^(decoder_blocks|decoder_embed|decoder\\.)",
         QT_TRANSLATE_NOOP("vitrine",
                           "it has a decoder, as masked autoencoders (MAE) have before fine-tuning")},
        {"(^|\\.)(reg_token|register_tokens)",
         QT_TRANSLATE_NOOP("vitrine", "it has register tokens, which are not supported")},
        {"^layers\\.\\d+\\.(blocks|downsample)",
         QT_TRANSLATE_NOOP("vitrine", "it seems to be a Swin transformer")},
        {"relative_position_bias_table|rel_pos_bias|q_bias",
         QT_TRANSLATE_NOOP("vitrine", "it has relative positions, as BEiT and Swin have")},
        {"^(visual|text_model|vision_model|transformer\\.resblocks)",
         QT_TRANSLATE_NOOP("vitrine", "it seems to be CLIP, which compares pictures with texts")},
        {"^fc_norm\\.", QT_TRANSLATE_NOOP("vitrine", "it has two last norms (norm and fc_norm), of "
                                                     "which a ViT has one")},
        {"(ls[12]\\.gamma|gamma_[12]|lambda1)$",
         QT_TRANSLATE_NOOP("vitrine", "it has layer scale, of which not all is there or known")},
        {"mlp\\.(w12|w1|fc1_g|gate_proj)\\.", QT_TRANSLATE_NOOP("vitrine", "its MLP is gated (SwiGLU)")},
        {"attn\\.[qk]_norm\\.", QT_TRANSLATE_NOOP("vitrine", "it normalizes queries and keys")},
        {"^(pre_logits|heads\\.pre_logits)",
         QT_TRANSLATE_NOOP("vitrine", "it has a layer before its head (pre_logits)")},
        {"^to_patch_embedding", QT_TRANSLATE_NOOP("vitrine", "it seems to be a ViT of vit-pytorch")},
        {"word_embeddings|wte\\.weight|embed_tokens",
         QT_TRANSLATE_NOOP("vitrine", "it seems to be a language model")},
        {"running_mean$", QT_TRANSLATE_NOOP("vitrine", "it seems to be a convolutional network (CNN)")},
    };
    for (const Mark& mark : marks) {
        const QRegularExpression pattern(QLatin1String(mark.pattern));
        if (anyName(checkpoint, [&](const QString& name) { return pattern.match(name).hasMatch(); }))
            return tr(mark.meaning);
    }
    const QStringList heads = headWeights(checkpoint);
    return heads.size() > 1 ? tr("its head has several layers (%1)").arg(heads.mid(0, 4).join(u", "_s))
                            : QString();
}

} // namespace vitrine
