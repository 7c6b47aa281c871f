#include "core/checkpoint/script_finite.h"

#include "core/base/finite.h"
#include "core/base/literals.h"
#include "core/base/tr.h"
#include "core/checkpoint/checkpoint_readers.h"
#include "core/checkpoint/tensor_search.h"
#include "core/checkpoint/torch_pickle.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <optional>
#include <utility>

namespace vitrine {

namespace {

constexpr qsizetype longestTensorName = 100;
constexpr qsizetype deepestPlace = 50;
constexpr qint64 largestInflated = qint64(256) << 20; ///< All compressed entries together.
constexpr qint64 elementsAtOnce = 1 << 20;

/// The tensors that can be reached from a pickle's root, each once, and where they are. Places are made of
/// what was remembered on the way when they are asked for: hostile values have many, and long ones.
class PlacedTensors
{
public:
    explicit PlacedTensors(const Pickle& pickle) : m_pickle(pickle), m_steps(pickle.values.size())
    {
        std::vector<PickleId> level{pickle.root};
        m_steps[pickle.root].isSeen = true;
        while (!level.empty()) {
            std::vector<PickleId> below;
            for (const PickleId id : level)
                if (asTensor(pickle, id))
                    m_tensors.push_back(id);
                else
                    addMembers(id, below);
            level = std::move(below);
        }
    }

    const std::vector<PickleId>& tensors() const { return m_tensors; }

    QString placeOf(PickleId id) const
    {
        QStringList names;
        for (; id != m_pickle.root && names.size() < deepestPlace; id = m_steps[id].parent)
            if (const QString name = nameOf(m_steps[id]); !name.isEmpty())
                names.prepend(name);
        return names.join(u'.');
    }

private:
    struct Step
    {
        bool isSeen = false;
        PickleId parent = 0;
        std::optional<PickleId> key;
        std::optional<std::size_t> index; ///< Neither: a part that has no name of its own.
    };

    void addMembers(PickleId of, std::vector<PickleId>& below)
    {
        if (const auto* items = m_pickle.items(of))
            for (std::size_t i = 0; i < items->size(); ++i)
                add((*items)[i], {true, of, {}, i}, below);
        if (const auto* entries = m_pickle.entries(of))
            for (const auto& [key, value] : *entries)
                add(value, {true, of, key, {}}, below);
        if (const auto* object = m_pickle.as<PickleObject>(of)) {
            if (object->state)
                add(*object->state, {true, of, {}, {}}, below);
            add(object->arguments, {true, of, {}, {}}, below);
        }
    }

    void add(PickleId id, const Step& step, std::vector<PickleId>& to)
    {
        if (std::exchange(m_steps[id].isSeen, true))
            return;
        m_steps[id] = step;
        to.push_back(id);
    }

    QString nameOf(const Step& step) const
    {
        if (step.index)
            return QString::number(*step.index);
        const auto* name = step.key ? m_pickle.as<QString>(*step.key) : nullptr;
        return name ? name->left(longestTensorName) : QString();
    }

    const Pickle& m_pickle;
    std::vector<Step> m_steps; ///< By id.
    std::vector<PickleId> m_tensors;
};

/// Of `count` elements that lie one after another.
qint64 elementsNotFinite(Bytes bytes, TensorType type)
{
    if (type == TensorType::Float64) { // what float cannot hold is finite yet
        std::vector<double> values(bytes.size() / sizeof(double));
        std::memcpy(values.data(), bytes.data(), values.size() * sizeof(double));
        return std::ranges::count_if(values, [](double value) { return !std::isfinite(value); });
    }
    const auto count = qint64(bytes.size()) / elementSize(type);
    std::vector<float> values(static_cast<std::size_t>(count));
    CheckpointTensor{{}, type, {count}, {1}, bytes}.copyTo(values);
    return countNotFinite(values);
}

/// From the tensor's first element to its last; empty where they are not there. Precondition: staysInside().
Bytes bytesOf(const TensorCall& call, Bytes storage)
{
    const qint64 first = call.offset + call.storage.viewOffset;
    qint64 count = elementCount(call.shape).value_or(0) > 0 ? 1 : 0;
    for (std::size_t i = 0; i < call.shape.size(); ++i)
        count += call.shape[i] > 1 ? (call.shape[i] - 1) * call.strides[i] : 0;
    const auto size = qint64(call.element.size);
    const bool isThere = count > 0 && first + count <= qint64(storage.size()) / size;
    return isThere ? storage.subspan(std::size_t(first * size), std::size_t(count * size)) : Bytes();
}

/// Looks for them in one archive, reading no more than it has, however often its tensors share data.
class FiniteCheck
{
public:
    FiniteCheck(ZipArchive archive, qint64 size, const std::stop_token& stop)
        : m_archive(std::move(archive)), m_stop(stop), m_unread(size), m_inflatable(largestInflated)
    {
    }

    /// Of a pickle whose storages lie in `folder`; one that is broken is told of when it is run.
    void look(const QString& name, const QString& folder, const QString& placeBegins)
    {
        const ZipEntry* entry = m_archive.find(name);
        const auto bytes =
            entry ? m_archive.content(*entry, largestTorchPickle, ChecksumCheck::Skip) : Error{};
        const auto pickle = bytes ? readPickle(bytes->bytes) : Error{};
        if (!pickle)
            return;
        const PlacedTensors placed(*pickle);
        for (const PickleId id : placed.tensors()) {
            const auto source = asTensor(*pickle, id);
            const auto call = source ? tensorCall(*pickle, *source) : std::nullopt;
            if (call && staysInside(*call) && call->element.type != TensorType::Other)
                if (const qint64 broken = look(*call, folder); broken > 0)
                    m_found.insert(placeBegins + placed.placeOf(id), broken);
        }
    }

    const QMap<QString, qint64>& found() const { return m_found; }

private:
    qint64 look(const TensorCall& call, const QString& folder)
    {
        const ZipEntry* entry = m_archive.find(folder + call.storage.key);
        if (!entry || (!entry->stored && entry->size > m_inflatable))
            return 0;
        m_inflatable -= entry->stored ? 0 : entry->size;
        const auto content = m_archive.content(*entry, largestInflated, ChecksumCheck::Skip);
        if (!content)
            return 0;
        const Bytes bytes = bytesOf(call, content->bytes);
        qint64 broken = 0;
        const std::size_t piece = std::size_t(elementsAtOnce) * std::size_t(call.element.size);
        for (std::size_t i = 0; i < bytes.size() && !m_stop.stop_requested(); i += piece) {
            const Bytes part = bytes.subspan(i, std::min(piece, bytes.size() - i));
            m_unread -= qint64(part.size());
            if (m_unread < 0)
                break;
            broken += elementsNotFinite(part, call.element.type);
        }
        return broken;
    }

    ZipArchive m_archive;
    const std::stop_token& m_stop;
    qint64 m_unread;     ///< Bytes.
    qint64 m_inflatable; ///< Bytes.
    QMap<QString, qint64> m_found;
};

} // namespace

Result<QMap<QString, qint64>> tensorsNotFinite(const QString& path, const std::stop_token& stop)
{
    Result<ZipArchive> archive = ZipArchive::open(path);
    if (!archive)
        return archive.failure();
    const qint64 most = archive->fileBytes() + largestInflated;
    FiniteCheck check(*std::move(archive), most, stop);
    check.look(u"data.pkl"_s, u"data/"_s, {});
    for (const QString& name : {u"constants.pkl"_s, u"bytecode.pkl"_s})
        check.look(name, u"constants/"_s, tr("constant "));
    return stop.stop_requested() ? Result<QMap<QString, qint64>>(Cancelled{}) : check.found();
}

} // namespace vitrine
