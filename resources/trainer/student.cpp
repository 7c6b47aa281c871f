#include "resources/trainer/student.h"

#include "resources/trainer/random.h"
#include "resources/trainer/shape_paths.h"

#include <algorithm>
#include <numbers>

namespace vitrine::trainer {

namespace {

torch::Tensor normalTensor(std::vector<std::int64_t> shape, double deviation, Random& random)
{
    auto tensor = torch::empty(shape);
    float* values = tensor.data_ptr<float>();
    for (std::int64_t i = 0; i < tensor.numel(); ++i)
        values[i] = float(deviation * std::clamp(random.normal(), -2.0, 2.0));
    return tensor;
}

/// The factors of a random matrix that is near `share` times the identity: of rank `rank`, both [size,rank].
std::pair<torch::Tensor, torch::Tensor> factorsNearIdentity(std::int64_t size, std::int64_t rank,
                                                            double noise, double share, Random& random)
{
    const auto matrix =
        normalTensor({size, size}, noise / std::sqrt(double(size)), random) + share * torch::eye(size);
    const auto [u, s, v] = torch::svd(matrix);
    const auto root = s.slice(0, 0, rank).sqrt();
    return {u.slice(1, 0, rank) * root, v.slice(1, 0, rank) * root};
}

/// Attention that begins as trained ones look (Trockman and Kolter, "Mimetic Initialization of
/// Self-Attention Layers", 2023): queries meet keys like themselves, values come out turned around.
void fillAttention(torch::Tensor qkv, torch::Tensor proj, int heads, Random& random)
{
    const auto width = proj.size(0);
    const auto headWidth = width / heads;
    for (int head = 0; head < heads; ++head) {
        const auto [query, key] = factorsNearIdentity(width, headWidth, 0.7, 0.7, random);
        qkv.slice(0, head * headWidth, (head + 1) * headWidth).copy_(query.t());
        qkv.slice(0, width + head * headWidth, width + (head + 1) * headWidth).copy_(key.t());
    }
    const auto [value, output] = factorsNearIdentity(width, width, 0.4, -0.4, random);
    qkv.slice(0, 2 * width).copy_(value.t());
    proj.copy_(output);
}

/// Projections that see a patch's low frequencies, of brightness and of two differences of colour: the basis
/// of the discrete cosine transform, higher frequencies raised as they are rarer in pictures.
void fillPatchProjection(torch::Tensor weight, Random& random)
{
    const auto side = weight.size(2);
    const auto count = weight.size(0);
    const auto color = torch::tensor({{1.F, 1.F, 1.F}, {1.F, -1.F, 0.F}, {1.F, 1.F, -2.F}});
    const auto unitColor = color / color.norm(2, 1, true);
    const auto at = torch::arange(side, torch::kFloat32) + 0.5;
    const auto wave = [&](std::int64_t frequency) {
        const auto values = torch::cos(at * (double(frequency) * std::numbers::pi / double(side)));
        return values / values.norm();
    };
    weight.copy_(normalTensor(weight.sizes().vec(), 0.02, random));
    std::int64_t row = 0;
    for (std::int64_t sum = 0; sum < 2 * side; ++sum)
        for (std::int64_t u = std::max<std::int64_t>(0, sum - side + 1); u <= std::min(sum, side - 1); ++u)
            for (int c = 0; c < 3 && row < count; ++c) {
                const auto plane = torch::outer(wave(sum - u), wave(u)) * (0.02 * double(1 + sum));
                weight[row++].copy_(unitColor[c].view({3, 1, 1}) * plane);
            }
}

/// [side*side, width]: a quarter of the width each for the sines and cosines of column and row.
torch::Tensor positions(int side, int width)
{
    const int quarter = width / 4;
    const auto rates = torch::exp(torch::arange(quarter) * (-std::log(10000.0) / quarter));
    const auto angles = torch::outer(torch::arange(side, torch::kFloat32), rates);
    const auto wave = torch::cat({angles.sin(), angles.cos()}, 1);
    const auto rows = wave.unsqueeze(1).expand({side, side, 2 * quarter});
    const auto columns = wave.unsqueeze(0).expand({side, side, 2 * quarter});
    return torch::cat({columns, rows}, 2).reshape({side * side, width});
}

torch::Tensor resampledPositions(const torch::Tensor& embedding, int tokens, int side)
{
    const auto special = embedding.slice(1, 0, tokens);
    const auto width = embedding.size(2);
    const auto patches = embedding.size(1) - tokens;
    const auto from = std::int64_t(std::lround(std::sqrt(double(patches))));
    auto grid = embedding.slice(1, tokens).reshape({1, from, from, width}).permute({0, 3, 1, 2});
    namespace F = torch::nn::functional;
    grid = F::interpolate(grid, F::InterpolateFuncOptions()
                                    .size(std::vector<std::int64_t>{side, side})
                                    .mode(torch::kBicubic)
                                    .align_corners(false));
    return torch::cat({special, grid.permute({0, 2, 3, 1}).reshape({1, side * side, width})}, 1);
}

int specialTokens(const DeitConfig& config)
{
    return config.distilled ? 2 : 1;
}

} // namespace

DeitConfig studentConfig(const Recipe& recipe, bool distilled, int side)
{
    DeitConfig config;
    config.imageSize = side;
    config.width = recipe.width;
    config.depth = recipe.depth;
    config.heads = recipe.width / 64;
    config.hidden = 4 * recipe.width;
    config.classes = int(shapeNames().size());
    config.distilled = distilled;
    return config;
}

Deit newStudent(const Recipe& recipe, bool distilled, int side)
{
    const torch::NoGradGuard noGrad;
    const DeitConfig config = studentConfig(recipe, distilled, side);
    Deit student(config);
    Random random(recipe.seed, 0xD317);
    auto parameters = student->named_parameters();
    for (auto& item : parameters) {
        const bool isNorm = item.key().find("norm") != std::string::npos;
        if (item.key().ends_with("bias"))
            item.value().zero_();
        else if (isNorm)
            item.value().fill_(1);
        else
            item.value().copy_(normalTensor(item.value().sizes().vec(), 0.02, random));
    }
    for (int block = 0; block < config.depth; ++block) {
        const std::string attention = "blocks." + std::to_string(block) + ".attn.";
        fillAttention(parameters[attention + "qkv.weight"], parameters[attention + "proj.weight"],
                      config.heads, random);
    }
    fillPatchProjection(parameters["patch_embed.proj.weight"], random);
    parameters["pos_embed"]
        .slice(1, specialTokens(config))
        .copy_(0.3 * positions(side / config.patchSize, config.width));
    return student;
}

Deit resized(const Deit& student, const DeitConfig& config)
{
    const torch::NoGradGuard noGrad;
    Deit larger(config);
    const auto source = student->named_parameters();
    for (auto& item : larger->named_parameters()) {
        const auto& value = source[item.key()];
        item.value().copy_(item.key() == "pos_embed" ? resampledPositions(value, specialTokens(config),
                                                                          config.imageSize / config.patchSize)
                                                     : value);
    }
    return larger;
}

Status exportStudent(const Deit& student, const DeitConfig& config, const QString& path)
{
    Checkpoint checkpoint;
    const auto parameters = student->named_parameters();
    for (const auto& item : parameters) {
        const auto& value = item.value();
        CheckpointTensor tensor;
        tensor.name = QString::fromStdString(item.key());
        tensor.shape.assign(value.sizes().begin(), value.sizes().end());
        tensor.strides.assign(value.strides().begin(), value.strides().end());
        tensor.bytes =
            std::as_bytes(std::span(value.data_ptr<float>(), static_cast<std::size_t>(value.numel())));
        checkpoint.tensors.push_back(tensor);
    }
    const auto weights = readDeit(checkpoint, {config.heads, config.layerNormEpsilon});
    if (!weights)
        return weights.failure();
    return writeDeit(*weights, path, TensorType::Float16);
}

} // namespace vitrine::trainer
