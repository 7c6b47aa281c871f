#include "core/checkpoint/torch_pickle.h"

#include "core/base/literals.h"
#include "core/base/tr.h"
#include "core/checkpoint/checkpoint_readers.h"
#include "core/checkpoint/tensor_search.h"

#include <utility>

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

Result<CheckpointTensor> buildTensor(const Pickle& pickle, const QString& name, const TensorSource& source,
                                     const StorageFinder& find)
{
    std::optional<TensorCall> call = tensorCall(pickle, source);
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

Error quantizedStateDict()
{
    return Error{
        ErrorKind::Unsupported,
        tr("it is a quantized state dict (int8 weights), and a state dict does not say how to run those; "
           "save the float model's (Vitrine makes the int8 variants itself), or export the quantized "
           "model as TorchScript: "
           "torch.jit.trace(model.eval(), torch.rand(1, 3, 224, 224)).save(\"model.pt\")")};
}

} // namespace

std::optional<TensorCall> tensorCall(const Pickle& pickle, const TensorSource& source)
{
    const std::vector<PickleId>& arguments = *pickle.items(source.arguments);
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
    if (source.callable.endsWith(u"_v3"_s)) {
        const auto* type = arguments.size() > 6 ? pickle.as<PickleGlobal>(arguments[6]) : nullptr;
        element = type ? torchElement(type->name) : std::nullopt;
    }
    if (!element)
        return std::nullopt;
    return TensorCall{*storage, *offset, std::move(*shape), std::move(*strides), *element};
}

bool staysInside(TensorCall call)
{
    const std::optional<qint64> reached = reach(call);
    const std::optional<qint64> count = elementCount(call.shape);
    qint64 first = 0;
    qint64 end = 0;
    if (!reached || !count || qAddOverflow(call.offset, call.storage.viewOffset, &first) ||
        qAddOverflow(first, *count > 0 ? *reached : 0, &end))
        return false;
    qint64 bytes = 0;
    return !qMulOverflow(call.storage.count, qint64(call.storage.element.size), &bytes) &&
           end <= bytes / call.element.size;
}

Result<Checkpoint> namedTensors(const Pickle& pickle, const StorageFinder& find, const QString& weights)
{
    std::vector<TensorGroup> groups = arranged(tensorGroups(pickle));
    if (groups.empty())
        return noNamedTensors(pickle);
    Checkpoint checkpoint;
    TensorGroup group = chosen(std::move(groups), weights, checkpoint.otherWeights);
    if (group.isQuantized)
        return quantizedStateDict();
    checkpoint.weights = group.path;
    checkpoint.metadata = std::move(group.metadata);
    checkpoint.tensors.reserve(group.tensors.size());
    for (const NamedPlace& named : group.tensors) {
        const auto source = asTensor(pickle, PickleId(named.place));
        Result<CheckpointTensor> tensor = buildTensor(pickle, named.name, *source, find);
        if (!tensor)
            return tensor.failure();
        checkpoint.tensors.push_back(std::move(*tensor));
    }
    return checkpoint;
}

} // namespace vitrine
