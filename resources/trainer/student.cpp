#include "resources/trainer/student.h"

#include "resources/trainer/random.h"
#include "resources/trainer/shape_paths.h"

#include <algorithm>

namespace vitrine::trainer {

namespace {

/// Normal, deviation .02, cut off at two deviations.
void fillTruncatedNormal(torch::Tensor tensor, double deviation, Random& random)
{
    std::vector<float> values(std::size_t(tensor.numel()));
    for (float& value : values) {
        double normal = random.normal();
        while (std::abs(normal) > 2)
            normal = random.normal();
        value = float(deviation * normal);
    }
    tensor.copy_(torch::tensor(values).view_as(tensor));
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
    for (auto& item : student->named_parameters()) {
        const bool isNorm = item.key().find("norm") != std::string::npos;
        const bool isBias = item.key().ends_with("bias");
        if (isBias)
            item.value().zero_();
        else if (isNorm)
            item.value().fill_(1);
        else
            fillTruncatedNormal(item.value(), item.key().ends_with("proj.weight") ? 0.03 : 0.02, random);
    }
    const int side16 = side / config.patchSize;
    student->named_parameters()["pos_embed"]
        .slice(1, specialTokens(config))
        .copy_(0.3 * positions(side16, config.width));
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
