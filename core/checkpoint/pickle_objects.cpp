#include "core/base/literals.h"
#include "core/base/tr.h"
#include "core/checkpoint/pickle_machine.h"
#include "core/checkpoint/pickle_opcodes.h"

#include <algorithm>

namespace vitrine {

using namespace pickle_op;

namespace {

constexpr std::size_t maximumNameLength = 256;
constexpr std::size_t maximumCopied = 1'000'000;
const QString orderedDict = u"collections.OrderedDict"_s;

std::vector<std::pair<PickleId, PickleId>> pairs(const std::vector<PickleId>& flat)
{
    std::vector<std::pair<PickleId, PickleId>> result;
    result.reserve(flat.size() / 2);
    for (std::size_t i = 0; i + 1 < flat.size(); i += 2)
        result.emplace_back(flat[i], flat[i + 1]);
    return result;
}

} // namespace

bool PickleMachine::container(quint8 opcode)
{
    using Type = PickleSequence::Type;
    switch (opcode) {
    case EmptyTuple:
        return push(PickleSequence{Type::Tuple, {}});
    case EmptyList:
        return push(PickleSequence{Type::List, {}});
    case EmptySet:
        return push(PickleSequence{Type::Set, {}});
    case EmptyDict:
        return push(PickleDict{});
    case Tuple1:
    case Tuple2:
    case Tuple3:
        return pushTuple(std::size_t(opcode) - Tuple1 + 1);
    default:
        break;
    }
    std::optional<Ids> items = popToMark();
    if (!items)
        return malformed();
    if (opcode == Dict)
        return pushDict(*items);
    const Type type = opcode == Tuple ? Type::Tuple : opcode == List ? Type::List : Type::Set;
    return push(PickleSequence{type, std::move(*items)});
}

bool PickleMachine::pushTuple(std::size_t size)
{
    Ids items(size);
    for (std::size_t i = size; i-- > 0;) {
        const std::optional<PickleId> id = pop();
        if (!id)
            return malformed();
        items[i] = *id;
    }
    return push(PickleSequence{PickleSequence::Type::Tuple, std::move(items)});
}

bool PickleMachine::pushDict(const Ids& flat)
{
    return flat.size() % 2 == 0 ? push(PickleDict{pairs(flat)}) : malformed();
}

bool PickleMachine::fill(quint8 opcode)
{
    if (opcode == Appends || opcode == AddItems || opcode == SetItems) {
        const std::optional<Ids> items = popToMark();
        if (!items)
            return malformed();
        return opcode == SetItems ? set(*items) : append(*items);
    }
    const std::optional<PickleId> value = pop();
    if (!value)
        return malformed();
    if (opcode == Append)
        return append({*value});
    const std::optional<PickleId> key = pop();
    return key ? set({*key, *value}) : malformed();
}

bool PickleMachine::append(const Ids& items)
{
    const std::optional<PickleId> target = top();
    if (!target)
        return malformed();
    if (auto* sequence = std::get_if<PickleSequence>(&m_pickle.values[*target]);
        sequence && sequence->type != PickleSequence::Type::Tuple) {
        sequence->items.insert(sequence->items.end(), items.begin(), items.end());
        return true;
    }
    return m_pickle.as<PickleObject>(*target) ? true : malformed();
}

bool PickleMachine::set(const Ids& flat)
{
    const std::optional<PickleId> target = top();
    if (!target || flat.size() % 2 != 0)
        return malformed();
    if (auto* dict = std::get_if<PickleDict>(&m_pickle.values[*target])) {
        const auto added = pairs(flat);
        dict->items.insert(dict->items.end(), added.begin(), added.end());
        return true;
    }
    return m_pickle.as<PickleObject>(*target) ? true : malformed();
}

bool PickleMachine::object(quint8 opcode)
{
    switch (opcode) {
    case Global:
        return global();
    case StackGlobal:
        return stackGlobal();
    case Reduce:
    case NewObj:
        return call(false);
    case NewObjEx:
        return call(true);
    case Build: {
        const std::optional<PickleId> state = pop();
        const std::optional<PickleId> target = state ? top() : std::nullopt;
        const bool fits = target && (m_pickle.as<PickleObject>(*target) || m_pickle.as<PickleDict>(*target));
        return fits ? true : malformed();
    }
    default: {
        const std::optional<PickleId> id = pop();
        return id ? push(PicklePersistent{*id}) : malformed();
    }
    }
}

bool PickleMachine::global()
{
    QString lines[2];
    for (QString& line : lines) {
        const Bytes window = m_reader.rest().first(std::min(maximumNameLength, m_reader.remaining()));
        const auto end = std::find(window.begin(), window.end(), std::byte{'\n'});
        if (end == window.end())
            return malformed();
        const auto length = std::size_t(end - window.begin());
        line = QString::fromUtf8(reinterpret_cast<const char*>(window.data()), qsizetype(length));
        m_reader.take(length + 1);
    }
    return pushGlobal(lines[0], lines[1]);
}

bool PickleMachine::stackGlobal()
{
    const std::optional<PickleId> name = pop();
    const std::optional<PickleId> module = name ? pop() : std::nullopt;
    const QString* nameText = name ? m_pickle.as<QString>(*name) : nullptr;
    const QString* moduleText = module ? m_pickle.as<QString>(*module) : nullptr;
    return nameText && moduleText ? pushGlobal(*moduleText, *nameText) : malformed();
}

bool PickleMachine::pushGlobal(const QString& module, const QString& name)
{
    const QString full = (module + QLatin1Char('.') + name).left(qsizetype(maximumNameLength));
    if (!isKnownPickleGlobal(full))
        return fail(ErrorKind::Unsupported,
                    tr("it holds an object of %1, and Vitrine never runs code from a file; in Python, save "
                       "only the weights: torch.save(model.state_dict(), path)")
                        .arg(full));
    return push(PickleGlobal{full});
}

bool PickleMachine::call(bool hasKeywords)
{
    const std::optional<PickleId> keywords = hasKeywords ? pop() : PickleId(0);
    const std::optional<PickleId> arguments = keywords ? pop() : std::nullopt;
    const std::optional<PickleId> callable = arguments ? pop() : std::nullopt;
    if (!callable || !m_pickle.as<PickleSequence>(*arguments))
        return malformed();
    const auto* global = m_pickle.as<PickleGlobal>(*callable);
    if (!global)
        return malformed();
    return global->name == orderedDict ? pushOrderedDict(*arguments)
                                       : push(PickleObject{global->name, *arguments});
}

/// OrderedDict() or, as Python 2 writes it, OrderedDict([[key, value], ...]).
bool PickleMachine::pushOrderedDict(PickleId arguments)
{
    const Ids& items = *m_pickle.items(arguments);
    const Ids* list = items.size() == 1 ? m_pickle.items(items[0]) : nullptr;
    PickleDict dict;
    if (!list)
        return push(std::move(dict));
    m_copied += list->size();
    if (m_copied > maximumCopied)
        return fail(ErrorKind::TooLarge, tr("the pickle holds too many values"));
    for (const PickleId id : *list) {
        const Ids* pair = m_pickle.items(id);
        if (pair && pair->size() == 2)
            dict.items.emplace_back((*pair)[0], (*pair)[1]);
    }
    return push(std::move(dict));
}

} // namespace vitrine
