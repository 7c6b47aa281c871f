#include "core/torch/archive_description.h"

#include "core/base/tr.h"
#include "core/torch/errors.h"

#include <torch/csrc/jit/mobile/code.h>
#include <torch/csrc/jit/mobile/function.h>
#include <torch/csrc/jit/mobile/import.h>
#include <torch/csrc/jit/mobile/import_data.h>
#include <torch/csrc/jit/mobile/module.h>
#include <torch/csrc/jit/serialization/export.h>
#include <torch/script.h>

#include <QFileInfo>

#include <set>
#include <sstream>
#include <unordered_set>

namespace vitrine::torch_engine {

namespace {

/// Adds up the weights in values: tensors, lists and tuples of them, and the state of packed parameters.
class WeightCounter
{
public:
    void add(const c10::IValue& value)
    {
        if (value.isTensor())
            addTensor(value.toTensor());
        else if (value.isTuple())
            for (const auto& element : value.toTupleRef().elements())
                add(element);
        else if (value.isTensorList())
            for (const at::Tensor& element : value.toTensorVector())
                addTensor(element);
        else if (value.isList())
            for (const c10::IValue& element : value.toListRef())
                add(element);
        else if (value.isObject())
            addObject(value.toObject());
    }

    void addConstants(const torch::jit::Block& block)
    {
        for (const auto* node : block.nodes()) {
            if (node->kind() == c10::prim::Constant && !node->outputs().empty())
                if (const auto value = torch::jit::toIValue(node->output()))
                    add(*value);
            for (const auto* inner : node->blocks())
                addConstants(*inner);
        }
    }

    qint64 count() const { return m_count; }

private:
    void addTensor(const at::Tensor& tensor)
    {
        const bool isWeight = tensor.defined() && (tensor.is_floating_point() || tensor.is_quantized());
        if (isWeight && m_seen.insert(tensor.unsafeGetTensorImpl()).second) {
            m_kept.push_back(tensor);
            m_count += tensor.numel();
        }
    }

    void addObject(const c10::intrusive_ptr<c10::ivalue::Object>& object)
    {
        if (!m_seen.insert(object.get()).second)
            return;
        const auto type = object->type();
        if (auto* getState = type->findMethod("__getstate__"); getState && type->is_module() == false) {
            add((*getState)({c10::IValue(object)}));
            return;
        }
        for (const auto& slot : object->slots())
            add(slot);
    }

    std::unordered_set<const void*> m_seen;
    std::vector<at::Tensor> m_kept; ///< Keeps addresses in m_seen from being used again.
    qint64 m_count = 0;
};

QString operatorName(const std::string& name)
{
    return QString::fromStdString(name).section(u'.', 0, 0);
}

template <typename Names>
QStringList sortedNames(const Names& names)
{
    std::set<QString> distinct;
    for (const auto& name : names)
        distinct.insert(operatorName(name));
    return {distinct.begin(), distinct.end()};
}

QString signatureText(const c10::FunctionSchema& schema)
{
    std::ostringstream text;
    text << schema;
    return QString::fromStdString(text.str());
}

ModelDescription describeScript(const QString& path)
{
    const auto module = torch::jit::load(path.toStdString());
    ModelDescription description;
    WeightCounter weights;
    weights.add(module._ivalue());
    for (const auto& part : module.modules())
        for (const auto& method : part.get_methods())
            weights.addConstants(*method.graph()->block());
    description.parameters = weights.count();
    description.operators = sortedNames(torch::jit::export_opnames(module));
    if (const auto forward = module.find_method("forward"))
        description.inputSignature = signatureText(forward->function().getSchema());
    return description;
}

ModelDescription describeLite(const QString& path)
{
    auto module = torch::jit::_load_for_mobile(path.toStdString());
    ModelDescription description;
    WeightCounter weights;
    weights.add(module._ivalue());
    for (const auto& function : module.compilation_unit().methods())
        for (const auto& constant : function->get_code().constants_)
            weights.add(constant);
    description.parameters = weights.count();
    description.operators = sortedNames(torch::jit::mobile::_export_operator_list(module));
    if (const auto forward = module.find_method("forward"))
        if (forward->function().hasSchema())
            description.inputSignature = signatureText(forward->function().getSchema());
    return description;
}

} // namespace

Result<ModelDescription> describeArchive(const QString& path, bool isLite)
{
    return guarded(
        tr("%1 could not be read").arg(QFileInfo(path).fileName()),
        [&]() -> Result<ModelDescription> { return isLite ? describeLite(path) : describeScript(path); });
}

} // namespace vitrine::torch_engine
