#include "core/checkpoint/script_input.h"

#include "core/checkpoint/tensor_search.h"
#include "core/checkpoint/torch_pickle.h"

#include <QHash>
#include <QSet>

#include <algorithm>
#include <cmath>

namespace vitrine {

namespace {

using Shape = std::vector<qint64>;

constexpr qint64 mostInputChannels = 4;
constexpr qint64 largestPicture = 8192; ///< Pixels of a side.
constexpr qint64 largestPatch = 256;    ///< Pixels.
constexpr qint64 mostPatches = 1'000'000;

/// Of the square of patches that a position table of so many rows has; classes have up to two rows more.
std::optional<qint64> squareSide(qint64 rows)
{
    if (rows > mostPatches)
        return std::nullopt;
    for (const qint64 classes : {0, 1, 2}) {
        const qint64 side = std::llround(std::sqrt(double(std::max<qint64>(rows - classes, 0))));
        if (side >= 2 && side * side == rows - classes)
            return side;
    }
    return std::nullopt;
}

bool areChannels(qint64 count)
{
    return count >= 1 && count <= mostInputChannels;
}

std::optional<int> sizeOf(const std::vector<Shape>& shapes)
{
    QHash<qint64, QSet<qint64>> patches; // pixels of a side, by width
    for (const Shape& shape : shapes)
        if (shape.size() == 4 && shape[2] == shape[3] && shape[2] >= 2 && shape[2] <= largestPatch)
            patches[shape[0]].insert(shape[2]);
    QSet<qint64> sizes;
    for (const Shape& shape : shapes)
        if (shape.size() == 3 && shape[0] == 1 && patches.contains(shape[2]))
            if (const auto side = squareSide(shape[1]))
                for (const qint64 patch : patches[shape[2]])
                    sizes.insert(*side * patch);
    return sizes.size() == 1 ? std::optional(int(*sizes.begin())) : std::nullopt;
}

/// One channel is what a depthwise convolution has, too: three elsewhere count for more.
std::optional<int> channelsOf(const std::vector<Shape>& shapes)
{
    std::vector<qint64> counts;
    for (const Shape& shape : shapes)
        if (shape.size() == 4)
            counts.push_back(shape[1]);
    const bool isColour = std::ranges::find(counts, 3) != counts.end();
    if (!counts.empty() && areChannels(counts.front()) && !(counts.front() == 1 && isColour))
        return int(counts.front());
    QSet<qint64> few;
    std::ranges::for_each(counts, [&](qint64 count) {
        if (count > 1 && areChannels(count))
            few.insert(count);
    });
    return few.size() == 1 ? std::optional(int(*few.begin())) : std::nullopt;
}

/// Of [batch, channels, size, size] or [batch, size, size, channels].
ScriptInput inputOfPicture(const Shape& shape)
{
    if (shape.size() != 4)
        return {};
    const bool channelsFirst = areChannels(shape[1]) && shape[2] == shape[3];
    const bool channelsLast = areChannels(shape[3]) && shape[1] == shape[2];
    const qint64 size = channelsFirst ? shape[2] : shape[1];
    if (channelsFirst == channelsLast || size < 1 || size > largestPicture)
        return {};
    return {int(size), int(channelsFirst ? shape[1] : shape[3]), false};
}

} // namespace

ScriptInput inputOfTrace(const Pickle& traced)
{
    for (PickleId id = 0; id < traced.values.size(); ++id) {
        const auto source = asTensor(traced, id);
        const auto call = source ? tensorCall(traced, *source) : std::nullopt;
        if (call)
            return inputOfPicture(call->shape);
    }
    return {};
}

ScriptInput inputOfShapes(const std::vector<Shape>& shapes)
{
    const auto size = sizeOf(shapes);
    return {size, channelsOf(shapes), size.has_value()};
}

} // namespace vitrine
