#pragma once

#include <QtGlobal>

#include <optional>
#include <vector>

namespace vitrine {

struct Pickle;

/// What a script's archive tells of the picture that it wants. Empty: it does not.
struct ScriptInput
{
    std::optional<int> size; ///< Pixels of a side.
    std::optional<int> channels;
    bool isSizeFixed = false; ///< The weights hold for no other.
};

/// From what forward was given when it was traced, as newer PyTorch keeps it (traced_inputs.pkl): one
/// picture, or several, channels first or last.
ScriptInput inputOfTrace(const Pickle& traced);

/// From the shapes of the weights: a vision transformer has as many patches as its position table has rows,
/// one or two classes aside; the first convolution has few channels and the others many.
ScriptInput inputOfShapes(const std::vector<std::vector<qint64>>& shapes);

} // namespace vitrine
