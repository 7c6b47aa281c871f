#include "core/torch/deit_script.h"

#include "core/torch/deit_module.h"
#include "core/torch/script_factory.h"

#include <cmath>

namespace vitrine::torch_engine {

namespace {

constexpr auto linearSource = R"(
def forward(self, x: Tensor) -> Tensor:
    return torch.linear(x, self.weight, self.bias)
)";

constexpr auto layerNormSource = R"(
def forward(self, x: Tensor) -> Tensor:
    return torch.layer_norm(x, [self.width], self.weight, self.bias, self.eps)
)";

constexpr auto projectionSource = R"(
def forward(self, x: Tensor) -> Tensor:
    return torch.conv2d(x, self.weight, self.bias, [self.patch, self.patch])
)";

constexpr auto patchEmbedSource = R"(
def forward(self, x: Tensor) -> Tensor:
    return self.proj.forward(x).flatten(2).transpose(1, 2)
)";

constexpr auto attentionSource = R"(
def forward(self, x: Tensor) -> Tensor:
    batch = x.size(0)
    tokens = x.size(1)
    width = x.size(2)
    qkv = self.qkv.forward(x).reshape([batch, tokens, 3, self.heads, width // self.heads])
    qkv = qkv.permute([2, 0, 3, 1, 4])
    scores = torch.matmul(qkv[0], qkv[1].transpose(-2, -1)) * self.scale
    mixed = torch.matmul(scores.softmax(-1), qkv[2])
    return self.proj.forward(mixed.transpose(1, 2).reshape([batch, tokens, width]))
)";

constexpr auto mlpSource = R"(
def forward(self, x: Tensor) -> Tensor:
    return self.fc2.forward(torch.gelu(self.fc1.forward(x)))
)";

constexpr auto blockSource = R"(
def forward(self, x: Tensor) -> Tensor:
    x = x + self.attn.forward(self.norm1.forward(x))
    return x + self.mlp.forward(self.norm2.forward(x))
)";

constexpr auto plainSource = R"(
def forward(self, x: Tensor) -> Tensor:
    x = self.patch_embed.forward(x)
    x = torch.cat([self.cls_token.expand([x.size(0), -1, -1]), x], 1) + self.pos_embed
    x = self.norm.forward(self.blocks.forward(x))
    return self.head.forward(x.select(1, 0))
)";

constexpr auto meanSource = R"(
def forward(self, x: Tensor) -> Tensor:
    x = self.patch_embed.forward(x)
    x = torch.cat([self.cls_token.expand([x.size(0), -1, -1]), x], 1) + self.pos_embed
    x = self.blocks.forward(x)[:, 1:].mean(1)
    return self.head.forward(self.fc_norm.forward(x))
)";

constexpr auto distilledSource = R"(
def forward(self, x: Tensor) -> Tensor:
    x = self.patch_embed.forward(x)
    first = self.cls_token.expand([x.size(0), -1, -1])
    second = self.dist_token.expand([x.size(0), -1, -1])
    x = torch.cat([first, second, x], 1) + self.pos_embed
    x = self.norm.forward(self.blocks.forward(x))
    return (self.head.forward(x.select(1, 0)) + self.head_dist.forward(x.select(1, 1))) / 2
)";

std::string sequentialSource(int depth)
{
    std::string source = "def forward(self, x: Tensor) -> Tensor:\n";
    for (int i = 0; i < depth; ++i)
        source += "    x = getattr(self, \"" + std::to_string(i) + "\").forward(x)\n";
    return source + "    return x\n";
}

/// Builds the modules from the inside out, taking each weight by its timm name.
class DeitScripter
{
public:
    explicit DeitScripter(const DeitWeights& weights) : m_config(weights.config)
    {
        for (const DeitParameter& parameter : weights.parameters)
            m_parameters[parameter.name.toStdString()] = &parameter;
    }

    torch::jit::Module deit()
    {
        ModuleMembers members{
            {{"cls_token", weight("cls_token")}, {"pos_embed", weight("pos_embed")}}, {}, {}};
        const bool takesMean = m_config.pooling == Pooling::MeanOfPatches;
        const std::string norm = takesMean ? "fc_norm" : "norm";
        members.modules = {{"patch_embed", patchEmbed()},
                           {"blocks", blocks()},
                           {norm, layerNorm(norm)},
                           {"head", linear("head")}};
        if (m_config.distilled) {
            members.parameters.emplace_back("dist_token", weight("dist_token"));
            members.modules.emplace_back("head_dist", linear("head_dist"));
        }
        const auto* source = m_config.distilled ? distilledSource : takesMean ? meanSource : plainSource;
        return m_factory.make("Deit", members, source);
    }

private:
    at::Tensor weight(const std::string& name) const { return toTensor(*m_parameters.at(name)); }

    ModuleMembers weightAndBias(const std::string& prefix) const
    {
        return {{{"weight", weight(prefix + ".weight")}, {"bias", weight(prefix + ".bias")}}, {}, {}};
    }

    torch::jit::Module linear(const std::string& prefix)
    {
        return m_factory.make("Linear", weightAndBias(prefix), linearSource);
    }

    torch::jit::Module layerNorm(const std::string& prefix)
    {
        auto members = weightAndBias(prefix);
        members.constants = {{"width", m_config.width}, {"eps", m_config.layerNormEpsilon}};
        return m_factory.make("LayerNorm", members, layerNormSource);
    }

    torch::jit::Module patchEmbed()
    {
        auto members = weightAndBias("patch_embed.proj");
        members.constants = {{"patch", m_config.patchSize}};
        const auto projection = m_factory.make("Conv2d", members, projectionSource);
        return m_factory.make("PatchEmbed", {{}, {{"proj", projection}}, {}}, patchEmbedSource);
    }

    torch::jit::Module attention(const std::string& prefix)
    {
        const double scale = 1 / std::sqrt(static_cast<double>(m_config.width) / m_config.heads);
        return m_factory.make("Attention",
                              {{},
                               {{"qkv", linear(prefix + ".qkv")}, {"proj", linear(prefix + ".proj")}},
                               {{"heads", m_config.heads}, {"scale", scale}}},
                              attentionSource);
    }

    torch::jit::Module mlp(const std::string& prefix)
    {
        return m_factory.make(
            "Mlp", {{}, {{"fc1", linear(prefix + ".fc1")}, {"fc2", linear(prefix + ".fc2")}}, {}}, mlpSource);
    }

    torch::jit::Module block(const std::string& prefix)
    {
        return m_factory.make("Block",
                              {{},
                               {{"norm1", layerNorm(prefix + ".norm1")},
                                {"attn", attention(prefix + ".attn")},
                                {"norm2", layerNorm(prefix + ".norm2")},
                                {"mlp", mlp(prefix + ".mlp")}},
                               {}},
                              blockSource);
    }

    torch::jit::Module blocks()
    {
        ModuleMembers members;
        for (int i = 0; i < m_config.depth; ++i)
            members.modules.emplace_back(std::to_string(i), block("blocks." + std::to_string(i)));
        return m_factory.make("Blocks", members, sequentialSource(m_config.depth));
    }

    DeitConfig m_config;
    std::map<std::string, const DeitParameter*> m_parameters;
    ScriptFactory m_factory;
};

} // namespace

torch::jit::Module scriptDeit(const DeitWeights& weights)
{
    return DeitScripter(weights).deit();
}

} // namespace vitrine::torch_engine
