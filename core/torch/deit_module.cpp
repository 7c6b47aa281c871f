#include "core/torch/deit_module.h"

#include <cmath>
#include <span>

namespace vitrine::torch_engine {

namespace {

class AttentionImpl : public torch::nn::Module
{
public:
    explicit AttentionImpl(const DeitConfig& config)
        : m_heads(config.heads), m_scale(1 / std::sqrt(static_cast<double>(config.width) / config.heads)),
          m_qkv(register_module("qkv", torch::nn::Linear(config.width, 3 * config.width))),
          m_proj(register_module("proj", torch::nn::Linear(config.width, config.width)))
    {
    }

    torch::Tensor forward(const torch::Tensor& x)
    {
        const auto batch = x.size(0);
        const auto tokens = x.size(1);
        const auto width = x.size(2);
        const auto qkv =
            m_qkv(x).reshape({batch, tokens, 3, m_heads, width / m_heads}).permute({2, 0, 3, 1, 4});
        const auto scores = torch::matmul(qkv[0], qkv[1].transpose(-2, -1)) * m_scale;
        const auto mixed = torch::matmul(scores.softmax(-1), qkv[2]);
        return m_proj(mixed.transpose(1, 2).reshape({batch, tokens, width}));
    }

    /// What forward() gives for the first `count` tokens.
    torch::Tensor forwardFirst(const torch::Tensor& x, std::int64_t count)
    {
        const auto batch = x.size(0);
        const auto width = x.size(2);
        const auto split = [&](const torch::Tensor& tokens, std::int64_t from, std::int64_t parts) {
            return torch::linear(tokens, m_qkv->weight.slice(0, from * width, (from + parts) * width),
                                 m_qkv->bias.slice(0, from * width, (from + parts) * width))
                .reshape({batch, tokens.size(1), parts, m_heads, width / m_heads})
                .permute({2, 0, 3, 1, 4});
        };
        const auto queries = split(x.slice(1, 0, count), 0, 1);
        const auto others = split(x, 1, 2);
        const auto scores = torch::matmul(queries[0], others[0].transpose(-2, -1)) * m_scale;
        const auto mixed = torch::matmul(scores.softmax(-1), others[1]);
        return m_proj(mixed.transpose(1, 2).reshape({batch, count, width}));
    }

private:
    std::int64_t m_heads;
    double m_scale;
    torch::nn::Linear m_qkv;
    torch::nn::Linear m_proj;
};
TORCH_MODULE(Attention);

class MlpImpl : public torch::nn::Module
{
public:
    explicit MlpImpl(const DeitConfig& config)
        : m_fc1(register_module("fc1", torch::nn::Linear(config.width, config.hidden))),
          m_fc2(register_module("fc2", torch::nn::Linear(config.hidden, config.width)))
    {
    }

    torch::Tensor forward(const torch::Tensor& x) { return m_fc2(torch::gelu(m_fc1(x))); }

private:
    torch::nn::Linear m_fc1;
    torch::nn::Linear m_fc2;
};
TORCH_MODULE(Mlp);

torch::nn::LayerNorm layerNorm(const DeitConfig& config)
{
    return torch::nn::LayerNorm(torch::nn::LayerNormOptions({config.width}).eps(config.layerNormEpsilon));
}

class BlockImpl : public torch::nn::Module
{
public:
    explicit BlockImpl(const DeitConfig& config)
        : m_norm1(register_module("norm1", layerNorm(config))),
          m_attn(register_module("attn", Attention(config))),
          m_norm2(register_module("norm2", layerNorm(config))), m_mlp(register_module("mlp", Mlp(config)))
    {
    }

    torch::Tensor forward(torch::Tensor x)
    {
        x = x + m_attn(m_norm1(x));
        return x + m_mlp(m_norm2(x));
    }

    torch::Tensor forwardFirst(const torch::Tensor& x, std::int64_t count)
    {
        const auto first = x.slice(1, 0, count) + m_attn->forwardFirst(m_norm1(x), count);
        return first + m_mlp(m_norm2(first));
    }

private:
    torch::nn::LayerNorm m_norm1;
    Attention m_attn;
    torch::nn::LayerNorm m_norm2;
    Mlp m_mlp;
};
TORCH_MODULE(Block);

torch::nn::Conv2d patchProjection(const DeitConfig& config)
{
    return torch::nn::Conv2d(
        torch::nn::Conv2dOptions(config.channels, config.width, config.patchSize).stride(config.patchSize));
}

} // namespace

DeitImpl::DeitImpl(const DeitConfig& config)
    : m_distilled(config.distilled), m_takesMean(config.pooling == Pooling::MeanOfPatches),
      m_projection(patchProjection(config))
{
    m_clsToken = register_parameter("cls_token", torch::empty({1, 1, config.width}));
    if (m_distilled)
        m_distToken = register_parameter("dist_token", torch::empty({1, 1, config.width}));
    m_posEmbed = register_parameter("pos_embed", torch::empty({1, config.tokens(), config.width}));
    m_patchEmbed = register_module("patch_embed", torch::nn::ModuleDict());
    m_patchEmbed->update({{"proj", m_projection.ptr()}});
    m_blocks = register_module("blocks", torch::nn::Sequential());
    for (int i = 0; i < config.depth; ++i)
        m_blocks->push_back(Block(config));
    m_norm = register_module(m_takesMean ? "fc_norm" : "norm", layerNorm(config));
    m_head = register_module("head", torch::nn::Linear(config.width, config.classes));
    if (m_distilled)
        m_headDist = register_module("head_dist", torch::nn::Linear(config.width, config.classes));
}

torch::Tensor DeitImpl::forward(torch::Tensor x)
{
    const auto [logits, distilled] = heads(std::move(x));
    return m_distilled ? (logits + distilled) / 2 : logits;
}

torch::Tensor DeitImpl::embedded(const torch::Tensor& pictures)
{
    const auto batch = pictures.size(0);
    std::vector<torch::Tensor> tokens{m_clsToken.expand({batch, -1, -1})};
    if (m_distilled)
        tokens.push_back(m_distToken.expand({batch, -1, -1}));
    tokens.push_back(m_projection(pictures).flatten(2).transpose(1, 2));
    return torch::cat(tokens, 1) + m_posEmbed;
}

std::pair<torch::Tensor, torch::Tensor> DeitImpl::headsOf(const torch::Tensor& tokens)
{
    if (m_takesMean)
        return {m_head(m_norm(tokens.slice(1, 1).mean(1))), torch::Tensor()};
    const auto x = m_norm(tokens);
    return {m_head(x.select(1, 0)), m_distilled ? m_headDist(x.select(1, 1)) : torch::Tensor()};
}

std::pair<torch::Tensor, torch::Tensor> DeitImpl::heads(torch::Tensor x)
{
    return headsOf(m_blocks->forward(embedded(x)));
}

std::pair<torch::Tensor, torch::Tensor> DeitImpl::trainingHeads(torch::Tensor x)
{
    if (m_takesMean) // looks at every token
        return heads(std::move(x));
    x = embedded(x);
    const std::size_t last = m_blocks->size() - 1;
    for (std::size_t i = 0; i < last; ++i)
        x = m_blocks->at<BlockImpl>(i).forward(x);
    return headsOf(m_blocks->at<BlockImpl>(last).forwardFirst(x, m_distilled ? 2 : 1));
}

torch::Tensor toTensor(const DeitParameter& parameter)
{
    const std::vector<std::int64_t> shape(parameter.shape.begin(), parameter.shape.end());
    const auto tensor = torch::empty(shape, torch::kFloat32);
    parameter.copyTo({tensor.data_ptr<float>(), static_cast<std::size_t>(tensor.numel())});
    return tensor;
}

Deit makeDeit(const DeitWeights& weights)
{
    torch::NoGradGuard noGrad;
    Deit deit(weights.config);
    auto parameters = deit->named_parameters();
    for (const DeitParameter& parameter : weights.parameters) {
        auto& target = parameters[parameter.name.toStdString()];
        parameter.copyTo({target.data_ptr<float>(), static_cast<std::size_t>(target.numel())});
    }
    deit->eval();
    for (auto& parameter : deit->parameters())
        parameter.set_requires_grad(false);
    return deit;
}

} // namespace vitrine::torch_engine
