#include "core/torch/dynamic_quantization.h"

#include "core/base/tr.h"
#include "core/torch/script_factory.h"

#include <torch/csrc/jit/passes/quantization/finalize.h>
#include <torch/csrc/jit/passes/quantization/insert_observers.h>
#include <torch/csrc/jit/passes/quantization/insert_quant_dequant.h>
#include <torch/csrc/jit/serialization/export.h>

namespace vitrine::torch_engine {

namespace {

using torch::jit::Module;
using torch::jit::QuantType;

c10::IValue typeId(at::ScalarType type)
{
    return static_cast<std::int64_t>(type);
}

c10::IValue schemeId(at::QScheme scheme)
{
    return static_cast<std::int64_t>(scheme);
}

/// The passes find out how to quantize from the observer's class name and attributes. Both LibTorch 1.13
/// and 2.x are served by this set; a missing one crashes the passes.
Module activationObserver(ScriptFactory& factory)
{
    ModuleMembers members;
    members.constants = {{"dtype", typeId(at::kQUInt8)},
                         {"compute_dtype", typeId(at::kQUInt8)},
                         {"is_dynamic", true},
                         {"custom_op", std::string()},
                         {"qscheme", schemeId(at::kPerTensorAffine)},
                         {"quant_min", 0},
                         {"quant_max", 255}};
    return factory.make("PlaceholderObserver", members,
                        "def forward(self, x: Tensor) -> Tensor:\n    return x\n");
}

/// Ranges of the weight, and from them scale and zero point as PyTorch's symmetric MinMaxObserver has it.
constexpr auto weightObserverSource = R"(
def forward(self, x: Tensor) -> Tensor:
    self.min_val = x.min()
    self.max_val = x.max()
    return x

def calculate_qparams(self) -> Tuple[Tensor, Tensor]:
    low = torch.min(self.min_val, torch.zeros_like(self.min_val))
    high = torch.max(self.max_val, torch.zeros_like(self.max_val))
    scale = torch.max(-low, high) / 127.5
    scale = torch.max(scale, torch.full_like(scale, 1.1920928955078125e-07))
    return scale, torch.zeros_like(scale).to(3)
)";

Module weightObserver(ScriptFactory& factory)
{
    ModuleMembers members;
    members.parameters = {};
    members.constants = {{"min_val", at::zeros({})},    {"max_val", at::zeros({})},
                         {"dtype", typeId(at::kQInt8)}, {"qscheme", schemeId(at::kPerTensorSymmetric)},
                         {"quant_min", -128},           {"quant_max", 127}};
    return factory.make("MinMaxObserver", members, weightObserverSource);
}

bool hasQuantizedLinear(const Module& module)
{
    const auto operators = torch::jit::export_opnames(module);
    return std::any_of(operators.begin(), operators.end(), [](const std::string& name) {
        return name.rfind("quantized::linear_dynamic", 0) == 0;
    });
}

} // namespace

Result<Module> quantizeDynamically(Module module, const QString& name)
{
    torch::NoGradGuard noGrad;
    ScriptFactory factory;
    const auto observers = std::make_tuple(activationObserver(factory), weightObserver(factory));
    auto observed = torch::jit::InsertObservers(module, "forward", {{"", observers}}, /*inplace=*/false,
                                                QuantType::DYNAMIC);
    auto quantized = torch::jit::InsertQuantDeQuant(observed, "forward", /*inplace=*/false, /*debug=*/false,
                                                    QuantType::DYNAMIC);
    auto finalized = torch::jit::Finalize(quantized, QuantType::DYNAMIC, {});
    if (!hasQuantizedLinear(finalized))
        return Error{
            ErrorKind::Unsupported,
            tr("%1 has no Linear layer that dynamic quantization could turn into int8, so it would not "
               "change; quantize it another way and add the result as a model.")
                .arg(name),
            {}};
    return finalized;
}

} // namespace vitrine::torch_engine
