#pragma once

namespace vitrine::torch_engine {

/// LibTorch's warnings go to Qt's log (vitrine.torch, informational: off by default), each distinct text once
/// (qnnpack repeats one for every Linear of every forward). For the rest of the process.
void forwardEachWarningOnce();

} // namespace vitrine::torch_engine
