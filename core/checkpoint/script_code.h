#pragma once

#include "core/base/result.h"
#include "core/checkpoint/script_contents.h"

#include <QByteArray>
#include <QHash>
#include <QSet>

namespace vitrine {

/// The code of a TorchScript archive, as text: which operators it names. Nothing is run, and types are not
/// worked out; methods are told apart by name alone.
class ScriptCode
{
public:
    /// Takes in one of the archive's files. What is nested so deeply that LibTorch's parser would overflow
    /// the stack is an error, which does not name the file.
    Status add(const QByteArray& text);

    /// Of forward and all that it calls, but for prim::, which are steps of the interpreter.
    QSet<QString> operators() const;
    /// Of all methods: some run when the archive is loaded.
    QSet<QString> allOperators() const;

private:
    friend class ScriptCodeScanner;
    struct Method
    {
        QSet<QString> operators;
        QSet<QString> calls;
    };
    QHash<QString, Method> m_methods;
    QSet<QString> m_suspicions; ///< Operators on files that are named as if they were methods.
};

/// The signature of this class's forward; none: the code has no such class, or its forward is unreadable.
std::optional<ScriptSignature> forwardOf(const QByteArray& code, const QString& className);

/// Whether an operator reaches files, the network or other processes.
bool touchesFiles(const QString& operatorName);

} // namespace vitrine
