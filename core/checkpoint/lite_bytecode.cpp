#include "core/checkpoint/lite_bytecode.h"

#include "core/base/literals.h"

namespace vitrine {

namespace {

/// The tables of bytecode are tuples of ("key", value).
std::optional<PickleId> tableEntry(const Pickle& pickle, PickleId table, QStringView key)
{
    if (const auto* entries = pickle.items(table))
        for (const PickleId entry : *entries) {
            const auto* pair = pickle.items(entry);
            const auto* name = pair && pair->size() == 2 ? pickle.as<QString>(pair->front()) : nullptr;
            if (name && *name == key)
                return pair->back();
        }
    return std::nullopt;
}

const std::vector<PickleId>& tableItems(const Pickle& pickle, PickleId table, QStringView key)
{
    static const std::vector<PickleId> none;
    const auto entry = tableEntry(pickle, table, key);
    const auto* items = entry ? pickle.items(*entry) : nullptr;
    return items ? *items : none;
}

QString tableText(const Pickle& pickle, PickleId table, QStringView key)
{
    const auto entry = tableEntry(pickle, table, key);
    const auto* text = entry ? pickle.as<QString>(*entry) : nullptr;
    return text ? *text : QString();
}

/// Bytecode does not tell a default of None from none: only an optional argument can have it.
ScriptSignature::Argument liteArgument(const Pickle& pickle, PickleId table)
{
    ScriptSignature::Argument argument{tableText(pickle, table, u"name"), tableText(pickle, table, u"type"),
                                       false};
    const auto preset = tableEntry(pickle, table, u"default_value");
    const bool isNone = !preset || pickle.as<PickleNone>(*preset);
    argument.hasDefault = !isNone || argument.type.startsWith(u"Optional["_s);
    return argument;
}

std::optional<ScriptSignature> liteSignature(const Pickle& pickle, PickleId schema)
{
    const auto& arguments = tableItems(pickle, schema, u"arguments");
    if (arguments.empty())
        return std::nullopt;
    ScriptSignature signature;
    for (auto argument = arguments.begin() + 1; argument != arguments.end(); ++argument)
        signature.arguments.push_back(liteArgument(pickle, *argument));
    if (const auto& returns = tableItems(pickle, schema, u"returns"); !returns.empty())
        signature.result = tableText(pickle, returns.front(), u"type");
    return signature;
}

} // namespace

LiteBytecode readLiteBytecode(const Pickle& bytecode, const QString& forwardName)
{
    LiteBytecode read;
    const auto* functions = bytecode.items(bytecode.root);
    if (!functions)
        return read;
    for (const PickleId id : *functions) {
        const auto* function = bytecode.items(id); // (name, table, schema); the version is none
        if (!function || function->size() < 2)
            continue;
        for (const PickleId entry : tableItems(bytecode, (*function)[1], u"operators")) {
            const auto* named = bytecode.items(entry);
            if (const auto* name = named && !named->empty() ? bytecode.as<QString>(named->front()) : nullptr)
                read.operators.insert(*name);
        }
        const auto* name = bytecode.as<QString>(function->front());
        if (name && *name == forwardName && function->size() > 2)
            read.forward = liteSignature(bytecode, (*function)[2]);
    }
    return read;
}

} // namespace vitrine
