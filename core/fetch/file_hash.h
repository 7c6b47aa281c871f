#pragma once

#include <QString>

namespace vitrine {

/// What tells whether a file's bytes are the right ones.
struct FileHash
{
    enum class Kind {
        Sha256, ///< Of the bytes.
        Git,    ///< SHA-1 of "blob ", the size in digits, a zero byte and the bytes.
    };
    Kind kind = Kind::Sha256;
    QString hex; ///< Its beginning or all of it, in lower-case hex digits; empty: not known.

    bool isKnown() const { return !hex.isEmpty(); }
    QString kindName() const { return QLatin1String(kind == Kind::Git ? "Git hash" : "SHA-256"); }
};

} // namespace vitrine
