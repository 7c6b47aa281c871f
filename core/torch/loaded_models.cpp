#include "core/torch/loaded_models.h"

#include "core/base/tr.h"
#include "core/torch/deit_module.h"
#include "core/torch/errors.h"
#include "core/torch/operator_recorder.h"

#include <torch/csrc/jit/mobile/import.h>
#include <torch/csrc/jit/mobile/module.h>
#include <torch/script.h>

#include <QFileInfo>

#include <sstream>

namespace vitrine::torch_engine {

namespace {

QString shapeText(const at::Tensor& tensor)
{
    std::ostringstream text;
    text << tensor.sizes();
    return QString::fromStdString(text.str());
}

Error unusableOutput(const QString& name, const QString& what)
{
    return {ErrorKind::Incompatible,
            tr("%1 gave %2 instead of one row of class scores, so it is no image classifier that Vitrine can "
               "show; "
               "wrap it so that forward returns one tensor of shape [1, classes].")
                .arg(name, what),
            {}};
}

Result<std::vector<float>> logitsFrom(const c10::IValue& output, const QString& name)
{
    if (!output.isTensor())
        return unusableOutput(name, tr("a %1").arg(QString::fromStdString(output.tagKind())));
    const at::Tensor raw = output.toTensor();
    const bool isRow = raw.dim() == 1 || (raw.dim() == 2 && raw.size(0) == 1);
    if (!isRow || raw.numel() < 1)
        return unusableOutput(name, tr("a tensor of shape %1").arg(shapeText(raw)));
    const at::Tensor row = (raw.is_quantized() ? raw.dequantize() : raw).to(at::kFloat).contiguous();
    const float* first = row.data_ptr<float>();
    return std::vector<float>(first, first + row.numel());
}

/// `Net` is called with one tensor and gives an IValue.
template <typename Net>
class TorchModel : public LoadedModel
{
public:
    TorchModel(Net net, QString name) : m_net(std::move(net)), m_name(std::move(name)) {}

    Result<std::vector<float>> forward(const InputTensor& input) override
    {
        try {
            const c10::InferenceMode inference;
            return logitsFrom(m_net(asTensor(input)), m_name);
        } catch (const std::exception& exception) {
            return refused(exception, input);
        }
    }

    Result<OperatorProfile> profile(const InputTensor& input) override
    {
        try {
            const c10::InferenceMode inference;
            const at::Tensor tensor = asTensor(input);
            return profileOperators([&] { m_net(tensor); });
        } catch (const std::exception& exception) {
            return refused(exception, input);
        }
    }

private:
    static at::Tensor asTensor(const InputTensor& input)
    {
        return at::from_blob(const_cast<float*>(input.values.data()),
                             {1, input.channels, input.height, input.width}, at::kFloat);
    }

    Error refused(const std::exception& exception, const InputTensor& input) const
    {
        return errorFrom(exception,
                         tr("%1 failed on an input of shape [1, %2, %3, %4] (if that is not what it "
                            "expects, change its input settings)")
                             .arg(m_name)
                             .arg(input.channels)
                             .arg(input.height)
                             .arg(input.width));
    }

    Net m_net;
    QString m_name;
};

template <typename Net>
std::unique_ptr<LoadedModel> modelFrom(Net net, const QString& name)
{
    return std::make_unique<TorchModel<Net>>(std::move(net), name);
}

QString couldNotLoad(const QString& path)
{
    return tr("%1 could not be loaded").arg(QFileInfo(path).fileName());
}

Error noForward(const QString& path)
{
    return {ErrorKind::Unsupported,
            tr("%1 has no forward method, so it cannot be run; save the whole model, not a part of it.")
                .arg(QFileInfo(path).fileName()),
            {}};
}

} // namespace

Result<std::unique_ptr<LoadedModel>> loadEager(const QString& path, const QString& name,
                                               const DeitOptions& options)
{
    const auto weights = readDeit(path, options);
    if (!weights)
        return weights.failure();
    return guarded(couldNotLoad(path), [&]() -> Result<std::unique_ptr<LoadedModel>> {
        Deit deit = makeDeit(*weights);
        return modelFrom([deit](const at::Tensor& x) mutable { return c10::IValue(deit->forward(x)); }, name);
    });
}

Result<std::unique_ptr<LoadedModel>> loadScripted(const QString& path, const QString& name)
{
    return guarded(couldNotLoad(path), [&]() -> Result<std::unique_ptr<LoadedModel>> {
        auto module = torch::jit::load(path.toStdString());
        if (!module.find_method("forward"))
            return noForward(path);
        module.eval();
        return modelFrom([module](const at::Tensor& x) mutable { return module.forward({x}); }, name);
    });
}

Result<std::unique_ptr<LoadedModel>> loadLite(const QString& path, const QString& name)
{
    return guarded(couldNotLoad(path), [&]() -> Result<std::unique_ptr<LoadedModel>> {
        auto module = torch::jit::_load_for_mobile(path.toStdString());
        if (!module.find_method("forward"))
            return noForward(path);
        return modelFrom([module](const at::Tensor& x) mutable { return module.forward({x}); }, name);
    });
}

} // namespace vitrine::torch_engine
