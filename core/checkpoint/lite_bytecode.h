#pragma once

#include "core/checkpoint/pickle.h"
#include "core/checkpoint/script_contents.h"

#include <QSet>

namespace vitrine {

/// What the bytecode of a lite archive tells.
struct LiteBytecode
{
    QSet<QString> operators; ///< Of all functions.
    std::optional<ScriptSignature>
        forward; ///< Of the function called `forwardName`, where its schema is kept.
};

/// `bytecode` is the pickle of bytecode.pkl; `forwardName` is "__torch__.Net.forward".
LiteBytecode readLiteBytecode(const Pickle& bytecode, const QString& forwardName);

} // namespace vitrine
