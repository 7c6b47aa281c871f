#pragma once

#include <QString>

namespace vitrine::torch_engine {

/// What LibTorch's words mean for a user, and what to do; without the first letter as a sentence has it, and
/// without a full stop. Only words that are known to be understood get through: all others become one general
/// sentence.
QString reasonFor(const QString& text);

/// The same of an exception that the model's own code raised, whose words always get through.
QString reasonOfScript(const QString& words);

/// Whether a line speaks of the inside of LibTorch or of the C++ library, which tells users nothing.
bool isOfLibTorch(const QString& line);

/// The line of LibTorch's words that says the cause; empty: there is none.
QString causeIn(const QString& text);

} // namespace vitrine::torch_engine
