#include "core/torch/script_factory.h"

namespace vitrine::torch_engine {

ScriptFactory::ScriptFactory() : m_unit(std::make_shared<torch::jit::CompilationUnit>()) {}

torch::jit::Module ScriptFactory::make(const std::string& className, const ModuleMembers& members,
                                       const std::string& source)
{
    const auto known = m_classes.find(className);
    if (known == m_classes.end())
        return define(className, members, source);

    torch::jit::Module module(m_unit, known->second);
    module.setattr("training", false);
    for (const auto& [name, tensor] : members.parameters)
        module.setattr(name, tensor);
    for (const auto& [name, child] : members.modules)
        module.setattr(name, child._ivalue());
    for (const auto& [name, value] : members.constants)
        module.setattr(name, value);
    return module;
}

torch::jit::Module ScriptFactory::define(const std::string& className, const ModuleMembers& members,
                                         const std::string& source)
{
    torch::jit::Module module(c10::QualifiedName("__torch__.vitrine." + className), m_unit,
                              /*shouldMangle=*/true);
    if (!module.hasattr("training"))
        module.register_attribute("training", c10::BoolType::get(), false);
    for (const auto& [name, tensor] : members.parameters)
        module.register_parameter(name, tensor, /*is_buffer=*/false);
    for (const auto& [name, child] : members.modules)
        module.register_module(name, child);
    for (const auto& [name, value] : members.constants)
        module.register_attribute(name, c10::unshapedType(value.type()), value);
    module.define(source);
    m_classes.emplace(className, module.type());
    return module;
}

} // namespace vitrine::torch_engine
