#pragma once

#include "core/model/deit.h"

#include <torch/torch.h>

namespace vitrine::torch_engine {

/// A (distilled) DeiT as eager modules whose parameters bear timm's names. Input [B, channels, S, S],
/// output [B, classes]; a distilled one gives the mean of its two heads, one with
/// Pooling::MeanOfPatches looks at the mean of all tokens but the class token.
class DeitImpl : public torch::nn::Module
{
public:
    explicit DeitImpl(const DeitConfig& config);
    torch::Tensor forward(torch::Tensor x);
    /// The logits of the class token's head and of the distillation token's; the latter is undefined
    /// unless distilled.
    std::pair<torch::Tensor, torch::Tensor> heads(torch::Tensor x);
    /// The same for a training: the last block computes only what the heads look at, a fifth less work in all
    /// for four blocks. Equal up to rounding.
    std::pair<torch::Tensor, torch::Tensor> trainingHeads(torch::Tensor x);

private:
    torch::Tensor embedded(const torch::Tensor& pictures);
    std::pair<torch::Tensor, torch::Tensor> headsOf(const torch::Tensor& tokens);

    bool m_distilled;
    bool m_takesMean;
    torch::nn::ModuleDict m_patchEmbed{nullptr};
    torch::nn::Sequential m_blocks{nullptr};
    torch::nn::LayerNorm m_norm{nullptr};
    torch::nn::Linear m_head{nullptr};
    torch::nn::Linear m_headDist{nullptr};
    torch::nn::Conv2d m_projection{nullptr};
    torch::Tensor m_clsToken;
    torch::Tensor m_distToken;
    torch::Tensor m_posEmbed;
};
TORCH_MODULE(Deit);

/// One parameter as a tensor of its own, float32.
torch::Tensor toTensor(const DeitParameter& parameter);

/// The model in evaluation mode, holding the weights.
Deit makeDeit(const DeitWeights& weights);

} // namespace vitrine::torch_engine
