#include "core/torch/torch_plugin.h"

#include "core/base/literals.h"
#include "core/torch/blas.h"
#include "core/torch/loaded_models.h"
#include "core/torch/quantized_engines.h"
#include "core/torch/torch_builder.h"
#include "core/torch/warnings.h"

#include <ATen/Parallel.h>
#include <torch/csrc/jit/passes/tensorexpr_fuser.h>
#include <torch/version.h>

namespace vitrine::torch_engine {

namespace {

class TorchEngine : public Engine
{
public:
    explicit TorchEngine(EngineInfo info) : Engine(std::move(info))
    {
        forwardEachWarningOnce();
        // Without LLVM (Debian 13's LibTorch 2.6) the fuser interprets its code: minutes a forward.
        torch::jit::setTensorExprFuserEnabled(false);
    }

    QString version() const override { return QStringLiteral(TORCH_VERSION); }
    QString blas() const override { return loadedBlas(); }
    QStringList quantizedEngines() const override { return availableQuantizedEngines(); }
    void setThreads(int threads) override
    {
        try {
            at::set_num_threads(threads);
        } catch (const std::exception&) {
            // OpenMP knows by now; only the pool of the mobile kernels cannot be made where there is no
            // /proc, and those say so when they run.
        }
    }

    Result<std::unique_ptr<LoadedModel>> load(const Variant& variant, const QString& quantizedEngine) override
    {
        if (variant.kind == VariantKind::Original)
            return loadEager(variant.path, variant.name, variant.deit);
        const auto engine = quantizedEngineFor(variant.isQuantized, quantizedEngine);
        if (!engine)
            return engine.failure();
        const ScopedQuantizedEngine scope(*engine);
        return variant.kind == VariantKind::Lite ? loadLite(variant.path, variant.name)
                                                 : loadScripted(variant.path, variant.name);
    }

    VariantFactory* factory() override { return &m_factory; }

private:
    /// A float model needs none, so that a LibTorch without any can still run it.
    static Result<at::QEngine> quantizedEngineFor(bool isQuantized, const QString& name)
    {
        if (!isQuantized)
            return at::globalContext().qEngine();
        return quantizedEngineFromName(name);
    }

    TorchFactory m_factory;
};

} // namespace

std::unique_ptr<Engine> TorchPlugin::create(EngineInfo info)
{
    return std::make_unique<TorchEngine>(std::move(info));
}

} // namespace vitrine::torch_engine
