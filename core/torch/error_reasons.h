#pragma once

#include <QString>

namespace vitrine::torch_engine {

/// What LibTorch's words mean for a user, and what to do; without the first letter as a sentence has it, and
/// without a full stop. Words that only its developers understand never get through.
QString reasonFor(const QString& text);

} // namespace vitrine::torch_engine
