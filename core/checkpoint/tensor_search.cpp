#include "core/checkpoint/tensor_search.h"

#include "core/base/literals.h"
#include "core/base/tr.h"

#include <utility>

namespace vitrine {

namespace {

constexpr std::size_t mostTensors = 100'000; ///< Of all groups together.
constexpr qsizetype longestName = 512;
constexpr qsizetype longestPath = 64;
constexpr int deepestModule = 64;

/// The last value under this key.
std::optional<PickleId> valueUnder(const Pickle& pickle, PickleId dictionary, QLatin1String wanted)
{
    std::optional<PickleId> found;
    if (const auto* entries = pickle.entries(dictionary))
        for (const auto& [key, value] : *entries)
            if (const auto* name = pickle.as<QString>(key); name && *name == wanted)
                found = value;
    return found;
}

/// The members of a pickled torch.nn.Module; none when the value is something else.
std::optional<PickleId> moduleMembers(const Pickle& pickle, PickleId id)
{
    const auto* object = pickle.as<PickleObject>(id);
    if (!object || !object->state)
        return std::nullopt;
    const bool isModule = valueUnder(pickle, *object->state, QLatin1String("_parameters")) &&
                          valueUnder(pickle, *object->state, QLatin1String("_modules"));
    return isModule ? object->state : std::nullopt;
}

/// Walks a pickle from its root, each value once, those near the top first.
class TensorSearch
{
public:
    explicit TensorSearch(const Pickle& pickle) : m_pickle(pickle), m_seen(pickle.values.size(), false) {}

    std::vector<TensorGroup> run()
    {
        visit(m_pickle.root, {});
        std::size_t next = 0;
        while (next < m_places.size()) { // m_places grows
            const Place place = m_places[next++];
            look(place);
        }
        return std::move(m_groups);
    }

private:
    struct Place
    {
        PickleId id = 0;
        QString path;
    };
    struct Module
    {
        PickleId members = 0;
        QString prefix;
        int depth = 0;
    };

    bool isNew(PickleId id)
    {
        const bool seen = m_seen[id];
        m_seen[id] = true;
        return !seen;
    }

    void visit(PickleId id, const QString& path)
    {
        if (isNew(id) && !asTensor(m_pickle, id))
            m_places.push_back({id, path});
    }

    QString below(const QString& path, const QString& key) const
    {
        const QString full = path.isEmpty() ? key : path + QLatin1Char('.') + key;
        return full.size() <= longestPath ? full : path;
    }

    void look(const Place& place)
    {
        if (const auto members = moduleMembers(m_pickle, place.id)) {
            lookIntoModule(*members, place.path);
            return;
        }
        const auto* object = m_pickle.as<PickleObject>(place.id);
        if (const auto* entries = m_pickle.entries(place.id))
            lookIntoDictionary(*entries, place.path);
        if (object) {
            visit(object->arguments, place.path);
            if (object->state)
                visit(*object->state, place.path);
        }
        if (const auto* items = m_pickle.items(place.id))
            lookIntoSequence(*items, place.path);
    }

    void lookIntoDictionary(const std::vector<std::pair<PickleId, PickleId>>& entries, const QString& path)
    {
        TensorGroup group{path, {}, {}, false};
        for (const auto& [key, value] : entries) {
            const auto* name = m_pickle.as<QString>(key);
            if (name)
                add(group, *name, value);
            visit(value, name ? below(path, *name) : path);
        }
        keep(std::move(group));
    }

    /// A list of pairs is a dictionary, too; the pairs are looked into no further.
    void lookIntoSequence(const std::vector<PickleId>& items, const QString& path)
    {
        TensorGroup group{path, {}, {}, false};
        for (const PickleId item : items) {
            const auto* pair = m_pickle.items(item);
            const auto* name = pair && pair->size() == 2 ? m_pickle.as<QString>(pair->front()) : nullptr;
            if (name && add(group, *name, pair->back()))
                continue;
            visit(item, path);
        }
        keep(std::move(group));
    }

    void lookIntoModule(PickleId top, const QString& path)
    {
        TensorGroup group{path, {}, {}, false};
        std::vector<Module> modules{{top, {}, 0}};
        for (std::size_t next = 0; next < modules.size(); ++next) {
            const Module module = modules[next];
            for (const char* kind : {"_parameters", "_buffers"})
                if (const auto values = valueUnder(m_pickle, module.members, QLatin1String(kind)))
                    for (const auto& [key, value] : entriesOf(*values))
                        if (const auto* name = m_pickle.as<QString>(key))
                            add(group, module.prefix + name->left(longestName), value);
            noteMembers(group, module);
            addChildren(modules, module);
        }
        keep(std::move(group));
    }

    void addChildren(std::vector<Module>& modules, const Module& module)
    {
        const auto children = valueUnder(m_pickle, module.members, QLatin1String("_modules"));
        if (!children || module.depth >= deepestModule)
            return;
        for (const auto& [key, value] : entriesOf(*children)) {
            const auto* name = m_pickle.as<QString>(key);
            const auto members = moduleMembers(m_pickle, value);
            if (!name || !members || !isNew(value))
                continue;
            const QString prefix = module.prefix + name->left(longestName) + QLatin1Char('.');
            if (prefix.size() <= longestName)
                modules.push_back({*members, prefix, module.depth + 1});
        }
    }

    /// What shapes cannot tell, where the module itself tells it.
    void noteMembers(TensorGroup& group, const Module& module)
    {
        if (const auto heads = valueUnder(m_pickle, module.members, QLatin1String("num_heads")))
            if (const auto* number = m_pickle.as<qint64>(*heads))
                group.metadata.insert(u"num_heads"_s, QString::number(*number));
        if (!valueUnder(m_pickle, module.members, QLatin1String("normalized_shape")))
            return;
        if (const auto epsilon = valueUnder(m_pickle, module.members, QLatin1String("eps")))
            if (const auto* number = m_pickle.as<double>(*epsilon))
                group.metadata.insert(u"layer_norm_eps"_s, QString::number(*number, 'g', 17));
    }

    const std::vector<std::pair<PickleId, PickleId>>& entriesOf(PickleId id) const
    {
        static const std::vector<std::pair<PickleId, PickleId>> none;
        const auto* entries = m_pickle.entries(id);
        return entries ? *entries : none;
    }

    /// False when the value is no tensor. A name that is set again keeps its place.
    bool add(TensorGroup& group, const QString& name, PickleId value)
    {
        if (name.endsWith(u"_packed_params"_s))
            group.isQuantized = true;
        const auto tensor = asTensor(m_pickle, value);
        if (!tensor || m_count >= mostTensors || name.size() > longestName)
            return tensor.has_value();
        if (group.tensors.empty())
            m_known.clear();
        group.isQuantized |= tensor->isQuantized();
        if (const auto known = m_known.constFind(name); known != m_known.constEnd()) {
            group.tensors[*known].place = value;
            return true;
        }
        m_known.insert(name, group.tensors.size());
        group.tensors.push_back({name, value});
        ++m_count;
        return true;
    }

    void keep(TensorGroup group)
    {
        if (!group.tensors.empty())
            m_groups.push_back(std::move(group));
    }

    const Pickle& m_pickle;
    std::vector<bool> m_seen;
    std::vector<Place> m_places;
    std::vector<TensorGroup> m_groups;
    QHash<QString, std::size_t> m_known; ///< Of the group that is being filled.
    std::size_t m_count = 0;
};

/// "a, b, c, d and 9 more"; empty when there are no keys of text.
QString keysOf(const Pickle& pickle, PickleId id)
{
    constexpr qsizetype shown = 6;
    constexpr qsizetype longest = 40;
    QStringList keys;
    if (const auto* entries = pickle.entries(id))
        for (const auto& [key, value] : *entries)
            if (const auto* name = pickle.as<QString>(key); name && !keys.contains(name->left(longest)))
                if (keys.append(name->left(longest)); keys.size() > shown)
                    break;
    const bool more = keys.size() > shown;
    const QString text = keys.mid(0, shown).join(u", "_s);
    return more ? tr("%1 and more").arg(text) : text;
}

bool holdsTensor(const Pickle& pickle)
{
    for (PickleId id = 0; id < pickle.values.size(); ++id)
        if (asTensor(pickle, id))
            return true;
    return false;
}

} // namespace

bool TensorSource::isQuantized() const
{
    return callable == u"torch._utils._rebuild_qtensor"_s;
}

std::optional<TensorSource> asTensor(const Pickle& pickle, PickleId id)
{
    constexpr int deepestWrapping = 4;
    const auto* object = pickle.as<PickleObject>(id);
    for (int depth = 0; object && depth < deepestWrapping; ++depth) {
        const std::vector<PickleId>& arguments = *pickle.items(object->arguments);
        const QString& name = object->callable;
        if (name.startsWith(u"torch._utils._rebuild_tensor"_s) || name == u"torch._utils._rebuild_qtensor"_s)
            return TensorSource{name, object->arguments};
        if (name == u"torch._tensor._rebuild_from_type_v2"_s && arguments.size() > 2) {
            const auto* function = pickle.as<PickleGlobal>(arguments[0]);
            const bool isPlain = function && function->name.startsWith(u"torch._utils._rebuild_tensor"_s);
            return isPlain && pickle.items(arguments[2])
                       ? std::optional(TensorSource{function->name, arguments[2]})
                       : std::nullopt;
        }
        const bool isParameter = name.startsWith(u"torch._utils._rebuild_parameter"_s) ||
                                 name == u"torch.nn.parameter.Parameter"_s;
        object = isParameter && !arguments.empty() ? pickle.as<PickleObject>(arguments.front()) : nullptr;
    }
    return std::nullopt;
}

std::vector<TensorGroup> tensorGroups(const Pickle& pickle)
{
    return TensorSearch(pickle).run();
}

Error noNamedTensors(const Pickle& pickle)
{
    const QString save = tr("in Python, save the weights: torch.save(model.state_dict(), path)");
    const auto refused = [](const QString& reason) { return Error{ErrorKind::Unsupported, reason}; };
    if (asTensor(pickle, pickle.root))
        return refused(tr("it holds a single tensor, not a model's named weights; save model.state_dict()"));
    const auto* object = pickle.as<PickleObject>(pickle.root);
    const QString keys = keysOf(pickle, pickle.root);
    if (object && keys.isEmpty())
        return refused(
            tr("it holds a pickled object of %1, which only its own code can make, and Vitrine never "
               "runs code from a file; %2; or export it as TorchScript: "
               "torch.jit.trace(model.eval(), torch.rand(1, 3, 224, 224)).save(\"model.pt\")")
                .arg(object->callable.left(longestName), save));
    if (holdsTensor(pickle))
        return refused(tr("it holds tensors, but nothing that names them%1; %2")
                           .arg(keys.isEmpty() ? QString() : tr(" (its keys are %1)").arg(keys), save));
    if (keys.isEmpty())
        return refused(tr("it holds no dictionary of named weights; save model.state_dict()"));
    return refused(tr("it holds no tensors; its keys are %1; %2").arg(keys, save));
}

} // namespace vitrine
