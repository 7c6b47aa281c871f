#pragma once

#include "core/base/result.h"

#include <QString>

#include <exception>
#include <type_traits>

namespace vitrine::torch_engine {

/// An exception that escaped from LibTorch, as an Error: "<what>: <reason>.", the reason being the one
/// line that says it; the whole text, without backtrace, is the detail.
Error errorFrom(const std::exception& exception, const QString& what);

/// Runs `work` (returning a Result) and turns every exception into an Error; `what` says what failed,
/// with the file's name: "wolf.pt could not be loaded".
template <typename Work>
std::invoke_result_t<Work> guarded(const QString& what, Work&& work)
{
    try {
        return work();
    } catch (const std::exception& exception) {
        return errorFrom(exception, what);
    }
}

} // namespace vitrine::torch_engine
