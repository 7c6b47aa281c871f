#include "core/checkpoint/torch_pickle.h"

#include "core/base/literals.h"
#include "core/base/tr.h"
#include "core/checkpoint/checkpoint_readers.h"

#include <QHash>

#include <algorithm>

namespace vitrine {

namespace {

Error malformedTensor(const QString& name, const QString& reason)
{
    return malformed(tr("the tensor %1 is damaged: %2").arg(name, reason));
}

/// A shape or strides: a tuple of whole numbers, or torch.Size of one.
std::optional<std::vector<qint64>> wholeNumbers(const Pickle& pickle, PickleId id)
{
    if (const auto* size = pickle.as<PickleObject>(id)) {
        const auto* arguments = pickle.items(size->arguments);
        if (size->callable != u"torch.Size"_s || arguments->size() != 1)
            return std::nullopt;
        id = arguments->front();
    }
    const auto* items = pickle.items(id);
    if (!items || items->size() > 64)
        return std::nullopt;
    std::vector<qint64> numbers;
    for (const PickleId item : *items) {
        const auto* number = pickle.as<qint64>(item);
        if (!number || *number < 0)
            return std::nullopt;
        numbers.push_back(*number);
    }
    return numbers;
}

/// The pieces of a torch._utils._rebuild_tensor* call.
struct TensorCall
{
    StorageReference storage;
    qint64 offset = 0;
    std::vector<qint64> shape;
    std::vector<qint64> strides;
    TorchElement element; ///< As the call itself states the type, or else the storage.
};

/// The object that rebuilds a tensor; null when the value is something else.
const PickleObject* asTensor(const Pickle& pickle, PickleId id)
{
    const auto* object = pickle.as<PickleObject>(id);
    if (object && object->callable == u"torch._utils._rebuild_parameter"_s) {
        const auto* arguments = pickle.items(object->arguments);
        object = arguments->empty() ? nullptr : pickle.as<PickleObject>(arguments->front());
    }
    return object && object->callable.startsWith(u"torch._utils._rebuild_tensor"_s) ? object : nullptr;
}

std::optional<TensorCall> tensorCall(const Pickle& pickle, const PickleObject& object)
{
    const std::vector<PickleId>& arguments = *pickle.items(object.arguments);
    if (arguments.size() < 4)
        return std::nullopt;
    const auto* persistent = pickle.as<PicklePersistent>(arguments[0]);
    const auto storage = persistent ? storageReference(pickle, persistent->id) : std::nullopt;
    const auto* offset = pickle.as<qint64>(arguments[1]);
    auto shape = wholeNumbers(pickle, arguments[2]);
    auto strides = wholeNumbers(pickle, arguments[3]);
    if (!storage || !offset || *offset < 0 || !shape || !strides || shape->size() != strides->size())
        return std::nullopt;
    std::optional<TorchElement> element = storage->element;
    if (object.callable.endsWith(u"_v3"_s)) {
        const auto* type = arguments.size() > 6 ? pickle.as<PickleGlobal>(arguments[6]) : nullptr;
        element = type ? torchElement(type->name) : std::nullopt;
    }
    if (!element)
        return std::nullopt;
    return TensorCall{*storage, *offset, std::move(*shape), std::move(*strides), *element};
}

/// Elements from the tensor's first to its last; none when that does not fit into 64 bits. Strides of
/// dimensions that are never stepped along are set to 1.
std::optional<qint64> reach(TensorCall& call)
{
    qint64 last = 0;
    for (std::size_t i = 0; i < call.shape.size(); ++i) {
        qint64 step = 0;
        if (call.shape[i] <= 1)
            call.strides[i] = 1;
        else if (qMulOverflow(call.shape[i] - 1, call.strides[i], &step) || qAddOverflow(last, step, &last))
            return std::nullopt;
    }
    return qAddOverflow(last, qint64(1), &last) ? std::nullopt : std::optional(last);
}

Result<CheckpointTensor> buildTensor(const Pickle& pickle, const QString& name, const PickleObject& object,
                                     const StorageFinder& find)
{
    std::optional<TensorCall> call = tensorCall(pickle, object);
    if (!call)
        return malformedTensor(name, tr("its description is not the one PyTorch writes"));
    const Result<Bytes> storage = find(call->storage);
    if (!storage)
        return storage.failure();

    const auto available = qint64(storage->size()) / call->element.size;
    const std::optional<qint64> count = elementCount(call->shape);
    const std::optional<qint64> reached = reach(*call);
    qint64 first = 0;
    if (!count || !reached || qAddOverflow(call->offset, call->storage.viewOffset, &first) ||
        first > available)
        return malformedTensor(name, tr("its shape is impossible"));
    if (*count > 0 && *reached > available - first)
        return malformedTensor(name, tr("it reaches beyond its data"));
    if (*count > available)
        return malformedTensor(name,
                               tr("it has more elements than data (an expanded view); save a clone of it"));
    return CheckpointTensor{name, call->element.type, std::move(call->shape), std::move(call->strides),
                            storage->subspan(std::size_t(first * call->element.size))};
}

struct NamedValue
{
    QString name;
    const PickleObject* tensor = nullptr;
};

/// The tensors of a dictionary, in its order; a key that is set again keeps its place.
std::vector<NamedValue> tensorsIn(const Pickle& pickle, const PickleDict* dict)
{
    std::vector<NamedValue> result;
    if (!dict)
        return result;
    QHash<QString, std::size_t> places;
    for (const auto& [key, value] : dict->items) {
        const auto* name = pickle.as<QString>(key);
        const PickleObject* tensor = asTensor(pickle, value);
        if (!name || !tensor)
            continue;
        if (const auto place = places.constFind(*name); place != places.constEnd()) {
            result[*place].tensor = tensor;
            continue;
        }
        places.insert(*name, result.size());
        result.push_back({*name, tensor});
    }
    return result;
}

const PickleDict* dictUnder(const Pickle& pickle, const PickleDict& dict, const QString& wanted)
{
    const PickleDict* found = nullptr;
    for (const auto& [key, value] : dict.items)
        if (const auto* name = pickle.as<QString>(key); name && *name == wanted)
            found = pickle.as<PickleDict>(value);
    return found;
}

Result<std::vector<NamedValue>> findTensors(const Pickle& pickle)
{
    const auto* root = pickle.as<PickleDict>(pickle.root);
    if (asTensor(pickle, pickle.root))
        return Error{ErrorKind::Unsupported,
                     tr("it holds a single tensor, not a model's named weights; save model.state_dict()")};
    if (!root)
        return Error{ErrorKind::Unsupported,
                     tr("it holds no dictionary of named weights; save model.state_dict()")};
    for (const QString& key : {u"model"_s, u"state_dict"_s, u"model_state_dict"_s, u"model_ema"_s}) {
        std::vector<NamedValue> tensors = tensorsIn(pickle, dictUnder(pickle, *root, key));
        if (!tensors.empty())
            return tensors;
    }
    std::vector<NamedValue> tensors = tensorsIn(pickle, root);
    if (tensors.empty())
        return Error{ErrorKind::Unsupported,
                     tr("it holds no tensors, neither by themselves nor under \"model\" or \"state_dict\"")};
    return tensors;
}

void stripParallelPrefix(std::vector<NamedValue>& tensors)
{
    const QString prefix = u"module."_s;
    const auto isPrefixed = [&](const NamedValue& tensor) { return tensor.name.startsWith(prefix); };
    if (!std::ranges::all_of(tensors, isPrefixed))
        return;
    for (NamedValue& tensor : tensors)
        tensor.name.remove(0, prefix.size());
}

} // namespace

Result<std::vector<CheckpointTensor>> namedTensors(const Pickle& pickle, const StorageFinder& find)
{
    Result<std::vector<NamedValue>> values = findTensors(pickle);
    if (!values)
        return values.failure();
    stripParallelPrefix(*values);
    std::vector<CheckpointTensor> tensors;
    tensors.reserve(values->size());
    for (const NamedValue& value : *values) {
        Result<CheckpointTensor> tensor = buildTensor(pickle, value.name, *value.tensor, find);
        if (!tensor)
            return tensor.failure();
        tensors.push_back(std::move(*tensor));
    }
    return tensors;
}

} // namespace vitrine
