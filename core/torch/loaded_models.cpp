#include "core/torch/loaded_models.h"

#include "core/base/literals.h"
#include "core/base/tr.h"
#include "core/torch/deit_module.h"
#include "core/torch/errors.h"
#include "core/torch/module_tensors.h"
#include "core/torch/torch_model.h"

#include <torch/csrc/jit/mobile/import.h>
#include <torch/csrc/jit/mobile/module.h>
#include <torch/script.h>

#include <QFileInfo>

namespace vitrine::torch_engine {

namespace {

QString couldNotLoad(const QString& path)
{
    return tr("%1 could not be loaded").arg(QFileInfo(path).fileName());
}

/// Half precision is what few of a CPU's operators can do, and slowly.
struct Precision
{
    InputFeed feed;
    QStringList notices;
    std::function<void()> widenLater;
};

Precision settlePrecision(const std::vector<ModuleTensor>& tensors)
{
    const at::ScalarType type = floatingTypeOf(tensors).value_or(at::kFloat);
    if (type == at::kHalf) {
        widen(tensors, type);
        return {InputFeed(),
                {tr("its weights are in half precision, and were made float32 to run on the CPU")},
                {}};
    }
    if (type == at::kBFloat16)
        return {InputFeed(type), {}, [tensors, type] { widen(tensors, type); }};
    return {type == at::kDouble ? InputFeed(type) : InputFeed(), {}, {}};
}

/// `module`: mobile or not.
template <typename Module>
Result<std::unique_ptr<LoadedModel>> modelFrom(Module module, const QString& path, const QString& name)
{
    const QString file = QFileInfo(path).fileName();
    if (!module.find_method("forward"))
        return Error{
            ErrorKind::Unsupported,
            tr("%1 has no forward method, so it cannot be run; save the whole model, not a part of it.")
                .arg(file)};
    const auto tensors = tensorsOf(module._ivalue());
    if (const Status sound = checkStorage(tensors, file); !sound)
        return sound.failure();
    auto [feed, notices, widenLater] = settlePrecision(tensors);
    return std::unique_ptr<LoadedModel>(std::make_unique<TorchModel>(
        [module = std::move(module)](const at::Tensor& x) mutable { return module.forward({x}); }, name, feed,
        std::move(notices), std::move(widenLater)));
}

} // namespace

Result<std::unique_ptr<LoadedModel>> loadEager(const QString& path, const QString& name,
                                               const DeitOptions& options)
{
    const auto weights = readDeit(path, options);
    if (!weights)
        return weights.failure();
    return guarded(couldNotLoad(path), [&]() -> Result<std::unique_ptr<LoadedModel>> {
        if (const Status finite = checkFinite(*weights); !finite)
            return finite.failure();
        Deit deit = makeDeit(*weights);
        if (const auto change = weights->checkpoint.whyNotWhole())
            return *change;
        return std::unique_ptr<LoadedModel>(std::make_unique<TorchModel>(
            [deit](const at::Tensor& x) mutable { return c10::IValue(deit->forward(x)); }, name));
    });
}

Result<std::unique_ptr<LoadedModel>> loadScripted(const QString& path, const QString& name)
{
    return guarded(couldNotLoad(path), [&] {
        auto module = torch::jit::load(path.toStdString(), torch::kCPU);
        module.eval();
        return modelFrom(std::move(module), path, name);
    });
}

Result<std::unique_ptr<LoadedModel>> loadLite(const QString& path, const QString& name)
{
    return guarded(couldNotLoad(path), [&] {
        return modelFrom(torch::jit::_load_for_mobile(path.toStdString(), at::Device(at::kCPU)), path, name);
    });
}

} // namespace vitrine::torch_engine
