#pragma once

#include <QString>

#include <optional>

namespace vitrine {

/// What a checkpoint's shapes cannot tell, as the user states it. Unset: the checkpoint's metadata, then
/// config.json beside the file, then the heads that are usual for the width, and epsilon 1e-6.
struct DeitOptions
{
    std::optional<int> heads = {};
    std::optional<double> layerNormEpsilon = {};
    QString weights = {}; ///< Which of several models in a file: Checkpoint::weights. Empty: the first.

    bool operator==(const DeitOptions&) const = default;
    /// "heads=3,weights=teacher"; empty when nothing is stated.
    QString toText() const;
};

} // namespace vitrine
