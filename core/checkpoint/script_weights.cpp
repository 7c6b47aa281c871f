#include "core/checkpoint/script_weights.h"

#include "core/base/literals.h"
#include "core/base/tr.h"
#include "core/checkpoint/checkpoint_readers.h"
#include "core/checkpoint/tensor_search.h"
#include "core/checkpoint/torch_pickle.h"

#include <QSet>

namespace vitrine {

namespace {

constexpr int deepestValues = 1'000;

void appendChildren(const Pickle& pickle, PickleId id, std::vector<PickleId>& children)
{
    if (const auto* items = pickle.items(id))
        children.insert(children.end(), items->begin(), items->end());
    if (const auto* entries = pickle.entries(id))
        for (const auto& [key, value] : *entries)
            children.insert(children.end(), {key, value});
    if (const auto* object = pickle.as<PickleObject>(id)) {
        children.push_back(object->arguments);
        if (object->state)
            children.push_back(*object->state);
    }
}

/// Level by level, so that values that hold themselves end it, too.
bool isTooDeep(const Pickle& pickle)
{
    std::vector<bool> seen(pickle.values.size(), false);
    std::vector<PickleId> level{pickle.root};
    for (int depth = 0; !level.empty(); ++depth) {
        if (depth > deepestValues)
            return true;
        std::vector<PickleId> below;
        for (const PickleId id : level)
            if (!seen[id]) {
                seen[id] = true;
                appendChildren(pickle, id, below);
            }
        level = std::move(below);
    }
    return false;
}

Error brokenTensor(const QString& reason)
{
    return malformed(tr("one of its tensors is damaged: %1; copy, download or save it again").arg(reason));
}

/// One that lies elsewhere is left to LibTorch.
Status checkStorage(const StorageReference& storage, const ZipArchive& archive, const QString& folder)
{
    const ZipEntry* entry = archive.find(folder + storage.key);
    qint64 needed = 0;
    const bool fits = !entry || (!qMulOverflow(storage.count, qint64(storage.element.size), &needed) &&
                                 needed <= entry->size);
    return fits ? Status(Done{}) : brokenTensor(tr("its data are too short"));
}

/// The tensors of a pickle, in its order.
struct PickledTensors
{
    std::vector<std::pair<PickleId, TensorSource>> found;
    QSet<PickleId> quantizers; ///< Scales and zero points of others: no weights of their own.
};

PickledTensors tensorsOf(const Pickle& pickle)
{
    PickledTensors tensors;
    for (PickleId id = 0; id < pickle.values.size(); ++id) {
        const auto source = asTensor(pickle, id);
        if (!source)
            continue;
        tensors.found.emplace_back(id, *source);
        const std::vector<PickleId>& arguments = *pickle.items(source->arguments);
        const auto* quantizer = arguments.size() > 4 ? pickle.items(arguments[4]) : nullptr;
        if (quantizer && source->isQuantized())
            for (const PickleId part : *quantizer)
                tensors.quantizers.insert(part);
    }
    return tensors;
}

} // namespace

Status ScriptWeights::add(const Pickle& pickle, const ZipArchive& archive, const QString& folder)
{
    if (isTooDeep(pickle))
        return Error{ErrorKind::TooLarge,
                     tr("its values are nested too deeply: LibTorch would crash on them")};
    const PickledTensors tensors = tensorsOf(pickle);
    for (const auto& [id, source] : tensors.found) {
        const auto call = tensorCall(pickle, source);
        const std::optional<qint64> count = call ? elementCount(call->shape) : std::nullopt;
        if (!count)
            return brokenTensor(tr("its description is not the one PyTorch writes"));
        if (!staysInside(*call))
            return brokenTensor(tr("it reaches beyond its data"));
        if (Status storage = checkStorage(call->storage, archive, folder); !storage)
            return storage;
        const bool isWeight = call->element.type != TensorType::Other || source.isQuantized();
        if (!isWeight || tensors.quantizers.contains(id))
            continue;
        if (qAddOverflow(m_count, *count, &m_count))
            return brokenTensor(tr("its shape is impossible"));
        m_shapes.push_back(call->shape);
    }
    return Done{};
}

} // namespace vitrine
