#pragma once

#include "core/engine/engine.h"

namespace vitrine::torch_engine {

/// Builders of the steps original -> scripted -> quantized -> mobile-optimized -> lite, each made from the
/// one before; a script must hold a float Linear layer.
class TorchFactory : public VariantFactory
{
public:
    Result<std::unique_ptr<VariantBuilder>> fromDeit(DeitWeights weights,
                                                     const QString& quantizedEngine) override;
    Result<std::unique_ptr<VariantBuilder>> fromScript(const QString& path,
                                                       const QString& quantizedEngine) override;
};

} // namespace vitrine::torch_engine
