#pragma once

#include "core/base/result.h"
#include "core/model/deit.h"
#include "core/model/variant_kind.h"

#include <QString>

#include <memory>

namespace vitrine {

/// Makes the variants of one model, step by step; each step may take seconds. On the thread that made it.
/// Kinds may be asked for in any order; intermediate results are kept.
class VariantBuilder
{
public:
    virtual ~VariantBuilder() = default;

    /// Writes this kind to `path` and says how it was made, in one sentence.
    virtual Result<QString> write(VariantKind kind, const QString& path) = 0;
};

/// What an engine offers that can build variants. The engine's thread.
class VariantFactory
{
public:
    virtual ~VariantFactory() = default;

    /// Variants of a DeiT: all kinds that the engine builds. `quantizedEngine` as in Engine::load().
    virtual Result<std::unique_ptr<VariantBuilder>> fromDeit(DeitWeights weights,
                                                             const QString& quantizedEngine) = 0;
    /// Variants of any TorchScript image classifier: all of them but Original.
    virtual Result<std::unique_ptr<VariantBuilder>> fromScript(const QString& path,
                                                               const QString& quantizedEngine) = 0;
};

} // namespace vitrine
