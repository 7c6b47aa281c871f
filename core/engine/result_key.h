#pragma once

#include "core/engine/classification.h"
#include "core/model/variant.h"

#include <QHash>

namespace vitrine {

/// All that a classification depends on.
struct ResultKey
{
    QByteArray imageSha256;
    QString preprocessing; ///< Preprocessing::toText().
    QByteArray variantSha256;
    int threads = 1;
    QString engine; ///< Empty for fp32.

    bool operator==(const ResultKey&) const = default;
};

inline std::size_t qHash(const ResultKey& key, std::size_t seed = 0)
{
    return qHashMulti(seed, key.imageSha256, key.preprocessing, key.variantSha256, key.threads, key.engine);
}

/// The engine that a variant runs under: the one asked for, or the best of `available`; none for fp32.
inline QString engineFor(const Variant& variant, const QString& asked, const QStringList& available)
{
    if (!variant.isQuantized)
        return {};
    return asked.isEmpty() ? available.value(0) : asked;
}

using ResultCache = QHash<ResultKey, Classification>;

} // namespace vitrine
