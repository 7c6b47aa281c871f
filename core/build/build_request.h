#pragma once

#include "core/checkpoint/script_contents.h"
#include "core/image/preprocessing.h"
#include "core/model/deit.h"
#include "core/model/variant.h"

#include <optional>

namespace vitrine {

/// A checkpoint or TorchScript file, and where its variants go.
struct BuildRequest
{
    QString source;          ///< .safetensors, .pth, TorchScript: told apart by content.
    QString folder;          ///< Becomes the variant set; must not exist, be empty, or be a variant set with
                             ///< nothing else in it (replaced). Its parent must exist.
    QString engine;          ///< Id; empty: the first that builds from such a file.
    QString quantizedEngine; ///< Empty: the best one here.
    QString modelName;       ///< Empty: the source's base name.
    Labels labels;           ///< Empty: those that lie beside the source; none where there are none.
    bool labelsAnyway = false;                  ///< Though their number does not fit the model.
    std::optional<Preprocessing> preprocessing; ///< Unset: as lies beside the source, else ImageNet's.
    DeitOptions deit;
    FileOperators fileOperators = FileOperators::Refused; ///< Of TorchScript.
    std::optional<DeitWeights> weights = {}; ///< Of a checkpoint that was read already, with these options.
};

} // namespace vitrine
