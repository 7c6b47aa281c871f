#pragma once

#include "core/checkpoint/pickle.h"
#include "core/checkpoint/tensor_groups.h"

#include <optional>
#include <vector>

namespace vitrine {

/// A call that rebuilds a tensor.
struct TensorSource
{
    QString callable;       ///< "torch._utils._rebuild_tensor_v2"
    PickleId arguments = 0; ///< A tuple.

    bool isQuantized() const;
};

/// The tensor that a value is, parameters and subclasses unwrapped; none when it is something else.
std::optional<TensorSource> asTensor(const Pickle& pickle, PickleId id);

/// Every group of a pickle, its places being PickleIds; those at the top first. Bounded work, whatever refers
/// to whatever.
std::vector<TensorGroup> tensorGroups(const Pickle& pickle);

/// Why there is no group: what the pickle holds instead.
Error noNamedTensors(const Pickle& pickle);

} // namespace vitrine
