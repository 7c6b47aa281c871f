#include "core/base/literals.h"
#include "core/base/tr.h"
#include "core/checkpoint/pickle_machine.h"

#include <algorithm>

namespace vitrine {

using namespace pickle_op;

namespace {

constexpr std::size_t maximumNameLength = 256;
constexpr std::size_t maximumCopied = 1'000'000;

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
        return pushSequence(Type::Tuple, popLast(std::size_t(opcode) - Tuple1 + 1));
    case Tuple:
        return pushSequence(Type::Tuple, popToMark());
    case List:
        return pushSequence(Type::List, popToMark());
    case FrozenSet:
        return pushSequence(Type::Set, popToMark());
    case Dict: {
        const std::optional<Ids> flat = popToMark();
        return push(PickleDict{}) && set(flat);
    }
    case Append:
        return append(popLast(1));
    case Appends:
    case AddItems:
        return append(popToMark());
    case SetItem:
        return set(popLast(2));
    case SetItems:
        return set(popToMark());
    default:
        return object(opcode);
    }
}

bool PickleMachine::pushSequence(PickleSequence::Type type, std::optional<Ids> items)
{
    return items ? push(PickleSequence{type, std::move(*items)}) : broken();
}

bool PickleMachine::append(const std::optional<Ids>& items)
{
    const std::optional<PickleId> target = top();
    if (!items || !target)
        return broken();
    if (auto* sequence = std::get_if<PickleSequence>(&m_pickle.values[*target]);
        sequence && sequence->type != PickleSequence::Type::Tuple) {
        sequence->items.insert(sequence->items.end(), items->begin(), items->end());
        return true;
    }
    return m_pickle.as<PickleObject>(*target) || broken();
}

bool PickleMachine::set(const std::optional<Ids>& flat)
{
    const std::optional<PickleId> target = top();
    if (!flat || !target || flat->size() % 2 != 0)
        return broken();
    PickleValue& value = m_pickle.values[*target];
    auto* dict = std::get_if<PickleDict>(&value);
    auto* object = std::get_if<PickleObject>(&value);
    if (!dict && !object)
        return broken();
    auto& items = dict ? dict->items : object->items;
    for (std::size_t i = 0; i < flat->size(); i += 2)
        items.emplace_back((*flat)[i], (*flat)[i + 1]);
    return true;
}

bool PickleMachine::object(quint8 opcode)
{
    switch (opcode) {
    case Global: {
        const std::optional<QString> module = line();
        const std::optional<QString> name = module ? line() : std::nullopt;
        return name ? pushGlobal(*module, *name) : broken();
    }
    case StackGlobal: {
        const std::optional<Ids> names = popLast(2);
        const auto* module = names ? m_pickle.as<QString>(names->front()) : nullptr;
        const auto* name = names ? m_pickle.as<QString>(names->back()) : nullptr;
        return module && name ? pushGlobal(*module, *name) : broken();
    }
    case Reduce:
    case NewObj:
        return call(popLast(2));
    case NewObjEx:
        return call(popLast(3));
    case Build:
        return fill(pop());
    case BinPersId:
        if (const std::optional<PickleId> id = pop())
            return push(PicklePersistent{*id});
        return broken();
    default:
        return fail(ErrorKind::Unsupported,
                    tr("byte %1 of the pickle is not an instruction that checkpoints use")
                        .arg(m_reader.position() - 1));
    }
}

std::optional<QString> PickleMachine::line()
{
    const QByteArrayView window = m_reader.rest().first(std::min(maximumNameLength, m_reader.remaining()));
    const qsizetype length = window.indexOf('\n');
    if (length < 0)
        return std::nullopt;
    m_reader.take(std::size_t(length) + 1);
    return QString::fromUtf8(window.first(length));
}

bool PickleMachine::pushGlobal(const QString& module, const QString& name)
{
    const QString full = (module + QLatin1Char('.') + name).left(qsizetype(maximumNameLength));
    if (isHostilePickleGlobal(full))
        return fail(
            ErrorKind::Unsupported,
            tr("it asks for %1, which runs code or commands: do not open it in PyTorch either, unless "
               "you know who made it; Vitrine never runs code from a file")
                .arg(full));
    return push(PickleGlobal{full});
}

/// The state of an object, which a dictionary has no use for.
bool PickleMachine::fill(std::optional<PickleId> state)
{
    const std::optional<PickleId> target = state ? top() : std::nullopt;
    if (!target)
        return broken();
    if (auto* object = std::get_if<PickleObject>(&m_pickle.values[*target])) {
        object->state = *state;
        return true;
    }
    return m_pickle.as<PickleDict>(*target) || m_pickle.as<PickleGlobal>(*target) || broken();
}

/// The name of what is called: a class or function, what a call would have made, or the class of a module
/// that old releases keep outside the pickle, as ("module", class, file, source). Empty when it cannot be
/// called.
QString PickleMachine::callableName(PickleId id) const
{
    if (const auto* global = m_pickle.as<PickleGlobal>(id))
        return global->name;
    if (const auto* object = m_pickle.as<PickleObject>(id))
        return object->callable;
    const auto* outside = m_pickle.as<PicklePersistent>(id);
    const Ids* items = outside ? m_pickle.items(outside->id) : nullptr;
    const auto* global = items && items->size() > 1 ? m_pickle.as<PickleGlobal>((*items)[1]) : nullptr;
    return global ? global->name : QString();
}

/// The class or function, its arguments, and keywords perhaps. TorchScript gives an enumeration its value as
/// it is, instead of a tuple.
bool PickleMachine::call(const std::optional<Ids>& ids)
{
    const QString name = ids ? callableName(ids->front()) : QString();
    if (name.isEmpty())
        return broken();
    PickleId arguments = (*ids)[1];
    if (!m_pickle.as<PickleSequence>(arguments)) {
        if (!name.startsWith(u"__torch__."_s))
            return broken();
        if (!push(PickleSequence{PickleSequence::Type::Tuple, {arguments}}))
            return false;
        arguments = *pop();
    }
    const bool isMade = m_pickle.as<PickleObject>(ids->front()) != nullptr; // then it is no tensor's function
    if (name == u"collections.OrderedDict"_s && !isMade)
        return pushOrderedDict(arguments);
    return push(PickleObject{isMade ? name + u"()"_s : name, arguments, {}, {}});
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
