#pragma once

#include "core/base/result.h"
#include "core/checkpoint/byte_reader.h"

#include <QByteArray>
#include <QString>

#include <optional>
#include <utility>
#include <variant>
#include <vector>

namespace vitrine {

/// A value's place in Pickle::values. Values refer to each other by it, so that a pickle that contains
/// itself is harmless.
using PickleId = quint32;

struct PickleNone
{
};
struct PickleBigInt
{
    QByteArray littleEndian; ///< Two's complement, more than 8 bytes.
};
struct PickleSequence
{
    enum class Type { Tuple, List, Set } type = Type::Tuple;
    std::vector<PickleId> items;
};
struct PickleDict
{
    std::vector<std::pair<PickleId, PickleId>> items; ///< As written: a later key overrides an earlier one.
};
/// A class or function, by name only.
struct PickleGlobal
{
    QString name; ///< "torch._utils._rebuild_tensor_v2"
};
/// What calling `callable` with `arguments` would have made. Nothing was called.
struct PickleObject
{
    QString callable;
    PickleId arguments = 0;
    std::optional<PickleId> state;                    ///< What it would be filled with: its members, usually.
    std::vector<std::pair<PickleId, PickleId>> items; ///< Set in it as in a dictionary.
};
/// Something kept outside the pickle: a tensor's storage.
struct PicklePersistent
{
    PickleId id = 0;
};

using PickleValue = std::variant<PickleNone, bool, qint64, double, QString, QByteArray, PickleBigInt,
                                 PickleSequence, PickleDict, PickleGlobal, PickleObject, PicklePersistent>;

/// One pickle, read.
struct Pickle
{
    std::vector<PickleValue> values;
    PickleId root = 0;
    std::size_t size = 0; ///< Bytes that the pickle took.

    template <typename T>
    const T* as(PickleId id) const
    {
        return std::get_if<T>(&values[id]);
    }

    /// What a dictionary holds, or an object that is filled like one; null when the value is something else.
    const std::vector<std::pair<PickleId, PickleId>>* entries(PickleId id) const
    {
        if (const auto* dict = as<PickleDict>(id))
            return &dict->items;
        const auto* object = as<PickleObject>(id);
        return object ? &object->items : nullptr;
    }

    /// The items of a tuple, list or set; null when the value is something else.
    const std::vector<PickleId>* items(PickleId id) const
    {
        const auto* sequence = as<PickleSequence>(id);
        return sequence ? &sequence->items : nullptr;
    }
};

/// Reads the pickle that starts at bytes[0]; more may follow it. Binary opcodes of protocols 2 to 5. Nothing
/// is ever called: objects of any class are opaque values that hold what they would be made of. Only what no
/// checkpoint needs, and what is there to run code, is an error that names it. Limits on values, stack and
/// memo keep hostile input harmless. Errors do not name the file.
Result<Pickle> readPickle(Bytes bytes);

/// Whether this function is there to run code or commands: a pickle that names it is an attack.
bool isHostilePickleGlobal(const QString& name);

} // namespace vitrine
