#include "core/torch/module_tensors.h"

#include "core/base/tr.h"

#include <ATen/core/Tensor.h>
#include <torch/script.h>

#include <unordered_set>

namespace vitrine::torch_engine {

namespace {

class TensorWalk
{
public:
    void add(const std::string& name, const c10::IValue& value)
    {
        if (value.isTensor())
            addTensor(name, value.toTensor());
        else if (value.isObject())
            addObject(name, value.toObject());
        else if (value.isTuple())
            addAll(name, value.toTupleRef().elements());
        else if (value.isTensorList())
            for (const at::Tensor& element : value.toTensorVector())
                addTensor(name, element);
        else if (value.isList())
            addAll(name, value.toListRef());
        else if (value.isGenericDict())
            for (const auto& entry : value.toGenericDict())
                add(name, entry.value());
    }

    std::vector<ModuleTensor> take() { return std::move(m_found); }

private:
    template <typename Values>
    void addAll(const std::string& name, const Values& values)
    {
        for (const c10::IValue& value : values)
            add(name, value);
    }

    void addTensor(const std::string& name, const at::Tensor& tensor)
    {
        if (tensor.defined() && m_seen.insert(tensor.unsafeGetTensorImpl()).second)
            m_found.push_back({name, tensor});
    }

    void addObject(const std::string& name, const c10::intrusive_ptr<c10::ivalue::Object>& object)
    {
        if (!m_seen.insert(object.get()).second)
            return;
        const auto type = object->type();
        for (std::size_t i = 0; i < type->numAttributes(); ++i) {
            const std::string& attribute = type->getAttributeName(i);
            add(name.empty() ? attribute : name + '.' + attribute, object->getSlot(i));
        }
    }

    std::unordered_set<const void*> m_seen;
    std::vector<ModuleTensor> m_found;
};

bool isWithinStorage(const at::Tensor& tensor)
{
    if (tensor.layout() != at::kStrided || !tensor.has_storage() || tensor.numel() == 0)
        return true;
    const auto available = static_cast<std::int64_t>(tensor.storage().nbytes() / tensor.itemsize());
    std::int64_t last = tensor.storage_offset();
    for (std::int64_t i = 0; i < tensor.dim(); ++i) {
        std::int64_t reach = 0;
        if (tensor.stride(i) < 0 || __builtin_mul_overflow(tensor.size(i) - 1, tensor.stride(i), &reach) ||
            __builtin_add_overflow(last, reach, &last))
            return false;
    }
    return last >= 0 && last < available;
}

} // namespace

std::vector<ModuleTensor> tensorsOf(const c10::IValue& module)
{
    TensorWalk walk;
    walk.add({}, module);
    return walk.take();
}

Status checkStorage(const std::vector<ModuleTensor>& tensors, const QString& file)
{
    for (const auto& [name, tensor] : tensors)
        if (!isWithinStorage(tensor))
            return Error{
                ErrorKind::Malformed,
                tr("%1 is damaged: %2 reaches beyond the data that the file holds for it. Get the file "
                   "again, or save the model anew.")
                    .arg(file, QString::fromStdString(name))};
    return Done{};
}

std::optional<at::ScalarType> floatingTypeOf(const std::vector<ModuleTensor>& tensors)
{
    for (const auto& [name, tensor] : tensors)
        if (tensor.is_floating_point())
            return tensor.scalar_type();
    return std::nullopt;
}

void widen(const std::vector<ModuleTensor>& tensors, at::ScalarType type)
{
    for (const auto& [name, tensor] : tensors)
        if (tensor.scalar_type() == type)
            tensor.set_data(tensor.to(at::kFloat));
}

} // namespace vitrine::torch_engine
