#include "core/torch/torch_builder.h"

#include "core/base/literals.h"
#include "core/base/tr.h"
#include "core/torch/deit_script.h"
#include "core/torch/dynamic_quantization.h"
#include "core/torch/errors.h"
#include "core/torch/file_stream.h"
#include "core/torch/module_tensors.h"
#include "core/torch/quantized_engines.h"

#include <torch/csrc/jit/passes/xnnpack_rewrite.h>
#include <torch/script.h>

#include <QFileInfo>

#include <optional>

namespace vitrine::torch_engine {

namespace {

using torch::jit::Module;

class TorchBuilder : public VariantBuilder
{
public:
    TorchBuilder(DeitWeights weights, at::QEngine engine)
        : m_name(QFileInfo(weights.checkpoint.path).fileName()), m_engine(engine),
          m_weights(std::move(weights))
    {
    }

    TorchBuilder(Module script, const QString& name, at::QEngine engine)
        : m_name(name), m_engine(engine), m_scripted(std::move(script))
    {
    }

    Result<QString> write(VariantKind kind, QIODevice& target) override
    {
        const QString what = tr("The %1 variant of %2 could not be made").arg(kindName(kind), m_name);
        return guarded(what, [&]() -> Result<QString> {
            const ScopedQuantizedEngine engine(m_engine);
            return writeKind(kind, target);
        });
    }

private:
    Result<QString> writeKind(VariantKind kind, QIODevice& target)
    {
        switch (kind) {
        case VariantKind::Original:
            return writeOriginal(target);
        case VariantKind::Scripted:
            return save(scripted(), target, m_weights ? madeBy(kind) : tr("The TorchScript given"));
        case VariantKind::Quantized:
            return save(quantized(), target, madeBy(kind));
        case VariantKind::MobileOptimized:
            return save(optimized(), target, madeBy(kind));
        case VariantKind::Lite:
            break;
        }
        return writeLite(target);
    }

    QString madeBy(VariantKind kind) const
    {
        return tr(traitsOf(kind).madeBy).replace(u"%1"_s, quantizedEngineName(m_engine));
    }

    Result<QString> writeOriginal(QIODevice& target)
    {
        if (!m_weights)
            return Error{
                ErrorKind::Usage, tr("%1 is a script: there is no original to write.").arg(m_name), {}};
        if (auto written = writeDeit(*m_weights, target); !written)
            return written.failure();
        return madeBy(VariantKind::Original);
    }

    Result<QString> writeLite(QIODevice& target)
    {
        const auto& module = optimized();
        if (!module)
            return module.failure();
        const Status written =
            writeTo(target, [&](std::ostream& stream) { module->_save_for_mobile(stream); });
        if (!written)
            return written.failure();
        return madeBy(VariantKind::Lite);
    }

    static Result<QString> save(const Result<Module>& module, QIODevice& target, const QString& how)
    {
        if (!module)
            return module.failure();
        const Status written = writeTo(target, [&](std::ostream& stream) { module->save(stream); });
        if (!written)
            return written.failure();
        return how;
    }

    const Module& scripted()
    {
        if (!m_scripted)
            m_scripted = scriptDeit(*m_weights);
        return *m_scripted;
    }

    const Result<Module>& quantized()
    {
        if (!m_quantized)
            m_quantized = quantizeDynamically(scripted(), m_name);
        return *m_quantized;
    }

    const Result<Module>& optimized()
    {
        if (!m_optimized)
            m_optimized = quantized() ? Result<Module>(torch::jit::optimizeForMobile(*quantized()))
                                      : Result<Module>(quantized().failure());
        return *m_optimized;
    }

    QString m_name;
    at::QEngine m_engine;
    std::optional<DeitWeights> m_weights;
    std::optional<Module> m_scripted;
    std::optional<Result<Module>> m_quantized;
    std::optional<Result<Module>> m_optimized;
};

} // namespace

Result<std::unique_ptr<VariantBuilder>> TorchFactory::fromDeit(DeitWeights weights,
                                                               const QString& quantizedEngine)
{
    const auto engine = quantizedEngineFromName(quantizedEngine);
    if (!engine)
        return engine.failure();
    if (const Status finite = checkFinite(weights); !finite)
        return finite.failure();
    return std::unique_ptr<VariantBuilder>(std::make_unique<TorchBuilder>(std::move(weights), *engine));
}

Result<std::unique_ptr<VariantBuilder>> TorchFactory::fromScript(const QString& path,
                                                                 const QString& quantizedEngine)
{
    const auto engine = quantizedEngineFromName(quantizedEngine);
    if (!engine)
        return engine.failure();
    const QString name = QFileInfo(path).fileName();
    return guarded(tr("%1 could not be loaded").arg(name), [&]() -> Result<std::unique_ptr<VariantBuilder>> {
        auto module = torch::jit::load(path.toStdString(), torch::kCPU);
        if (!module.find_method("forward"))
            return Error{
                ErrorKind::Unsupported, tr("%1 has no forward method, so it cannot be run.").arg(name), {}};
        module.eval();
        const auto tensors = tensorsOf(module._ivalue());
        if (const Status sound = checkStorage(tensors, name); !sound)
            return sound.failure();
        for (const at::ScalarType type : {at::kHalf, at::kBFloat16, at::kDouble})
            widen(tensors, type); // only float32 is quantized
        return std::unique_ptr<VariantBuilder>(
            std::make_unique<TorchBuilder>(std::move(module), name, *engine));
    });
}

} // namespace vitrine::torch_engine
