#pragma once

#include "core/model/deit.h"

namespace vitrine {

/// Every parameter of this configuration, without its parts, in canonical order: embeddings, blocks, norm,
/// heads.
std::vector<DeitParameter> deitParameters(const DeitConfig& config);

/// How a checkpoint names a DeiT's tensors.
struct DeitNaming
{
    bool huggingFace = false;
    QString prefix;     ///< Hugging Face: "vit.", "deit." or empty.
    QString normPrefix; ///< Hugging Face: that of the last layernorm, which some files keep outside.
    QString classifier; ///< Hugging Face: "classifier" or "cls_classifier".

    /// The tensors that make the parameter of this timm name: one, or Hugging Face's query, key and value.
    std::vector<QString> sources(const QString& name) const;
    QString block() const; ///< What stands before a block's number.
};

/// The naming of a file whose tensors have these names; none when there is no patch embedding.
std::optional<DeitNaming> deitNaming(const Checkpoint& checkpoint);

/// Tensors that a DeiT file may hold beside the parameters, and that take no part in classification.
bool isHarmlessExtra(const DeitNaming& naming, const QString& name);

} // namespace vitrine
