#pragma once

#include "core/engine/operator_profile.h"

#include <functional>

namespace vitrine::torch_engine {

/// Runs `forward` and notes every operator that this thread enters meanwhile (eager, TorchScript and mobile
/// interpreter alike). What `forward` throws passes through.
OperatorProfile profileOperators(const std::function<void()>& forward);

} // namespace vitrine::torch_engine
