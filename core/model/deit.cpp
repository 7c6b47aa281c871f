#include "core/model/deit.h"

#include "core/base/file_error.h"
#include "core/model/beside.h"
#include "core/model/deit_problems.h"
#include "core/model/deit_reader.h"
#include "core/model/deit_relatives.h"

#include <numeric>

namespace vitrine {

qint64 DeitParameter::count() const
{
    return std::accumulate(parts.begin(), parts.end(), qint64(0),
                           [](qint64 sum, const CheckpointTensor& part) { return sum + part.count(); });
}

void DeitParameter::copyTo(std::span<float> target) const
{
    std::span<float> rest = target;
    for (const CheckpointTensor& part : parts) {
        const auto count = std::size_t(part.count());
        part.copyTo(rest.first(count));
        rest = rest.subspan(count);
    }
    if (!scale)
        return;
    std::vector<float> factors(std::size_t(scale->count()));
    scale->copyTo(factors);
    const std::size_t row = factors.empty() ? 0 : target.size() / factors.size();
    for (std::size_t i = 0; i < row * factors.size(); ++i)
        target[i] *= factors[i / row];
}

qint64 DeitWeights::parameterCount() const
{
    return std::accumulate(
        parameters.begin(), parameters.end(), qint64(0),
        [](qint64 sum, const DeitParameter& parameter) { return sum + parameter.count(); });
}

Result<DeitWeights> readDeit(const Checkpoint& checkpoint, const DeitOptions& options)
{
    const Checkpoint usual = withUsualNames(checkpoint);
    int imageSize = readSurroundings(checkpoint.path).imageSize().value_or(DeitConfig{}.imageSize);
    std::optional<DeitNaming> naming = deitNaming(usual);
    if (!naming)
        return inFile(checkpoint.path, withWayOut(noPatchEmbedding(usual), usual, imageSize));
    Result<DeitWeights> weights = readDeit(usual, std::move(*naming), options, imageSize);
    if (weights || weights.isCancelled())
        return weights;
    return inFile(checkpoint.path, withWayOut(weights.error(), usual, imageSize));
}

Result<DeitWeights> readDeit(const QString& path, const DeitOptions& options)
{
    const auto checkpoint = readCheckpoint(path, ChecksumCheck::Verify, options.weights);
    return checkpoint ? readDeit(*checkpoint, options) : checkpoint.failure();
}

} // namespace vitrine
