#pragma once

#include "core/base/tr.h"
#include "core/model/variant.h"

#include <QHash>

namespace vitrine {

/// All that a variant's results depend on but the image.
struct RunKey
{
    QByteArray variantSha256;
    QString preprocessing; ///< Preprocessing::toText().
    QString stated;        ///< DeitOptions::toText().
    QString engine;        ///< EngineInfo::id.
    QString engineVersion;
    int threads = 1;
    QString quantizedEngine; ///< Empty for fp32.

    bool operator==(const RunKey&) const = default;
};

/// All that a result depends on.
struct ResultKey
{
    RunKey run;
    QByteArray imageSha256; ///< Empty: no image has a part in it.

    bool operator==(const ResultKey&) const = default;
};

/// The one place where keys are made.
inline RunKey runKeyOf(const Variant& variant, const QString& engineVersion, int threads,
                       const QString& quantizedEngine)
{
    return {variant.sha256,        variant.preprocessing.toText(),
            variant.deit.toText(), variant.engine,
            engineVersion,         threads,
            quantizedEngine};
}

inline std::size_t qHash(const RunKey& key, std::size_t seed = 0)
{
    return qHashMulti(seed, key.variantSha256, key.preprocessing, key.stated, key.engine, key.engineVersion,
                      key.threads, key.quantizedEngine);
}

inline std::size_t qHash(const ResultKey& key, std::size_t seed = 0)
{
    return qHashMulti(seed, key.run, key.imageSha256);
}

/// The quantized engine that a variant runs under: the one asked for, or the best of `available`, which are
/// those of its engine; none for fp32.
inline QString quantizedEngineFor(const Variant& variant, const QString& asked, const QStringList& available)
{
    if (!variant.isQuantized)
        return {};
    return asked.isEmpty() ? available.value(0) : asked;
}

/// When `asked` is none of `available`.
inline Error noQuantizedEngine(const QString& asked, const QStringList& available)
{
    return {ErrorKind::Usage, tr("There is no quantized engine \"%1\" here; there is %2.")
                                  .arg(asked, available.join(QLatin1String(", ")))};
}

} // namespace vitrine
