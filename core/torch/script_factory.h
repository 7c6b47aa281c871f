#pragma once

#include <torch/script.h>

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace vitrine::torch_engine {

/// What a scripted module holds, in order.
struct ModuleMembers
{
    std::vector<std::pair<std::string, at::Tensor>> parameters;
    std::vector<std::pair<std::string, torch::jit::Module>> modules;
    std::vector<std::pair<std::string, c10::IValue>> constants; ///< Attributes.
};

/// Makes TorchScript modules from source. All share one CompilationUnit (with one each, LibTorch 1.13
/// exhausts the memory), and modules of the same class name share one class: their members must have the
/// same names and types.
class ScriptFactory
{
public:
    ScriptFactory();

    /// `source`: "def forward(self, ...): ...", compiled when the class name is new. Submodules are called
    /// as self.name.forward(x).
    torch::jit::Module make(const std::string& className, const ModuleMembers& members,
                            const std::string& source);

private:
    torch::jit::Module define(const std::string& className, const ModuleMembers& members,
                              const std::string& source);

    std::shared_ptr<torch::jit::CompilationUnit> m_unit;
    std::map<std::string, c10::ClassTypePtr> m_classes;
};

} // namespace vitrine::torch_engine
