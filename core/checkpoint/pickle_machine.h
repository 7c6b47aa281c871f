#pragma once

#include "core/checkpoint/pickle.h"

#include <QHash>

#include <optional>

namespace vitrine {

/// The stack machine that a pickle is a program for. Private to readPickle().
class PickleMachine
{
public:
    explicit PickleMachine(Bytes bytes) : m_reader(bytes) {}
    Result<Pickle> run();

private:
    using Ids = std::vector<PickleId>;

    // Every step is false when the pickle is broken; fail() then holds the reason.
    bool step(quint8 opcode);
    bool constant(quint8 opcode);
    bool number(quint8 opcode);
    bool text(quint8 opcode);
    bool binary(quint8 opcode);
    bool container(quint8 opcode);
    bool fill(quint8 opcode);
    bool memo(quint8 opcode);
    bool object(quint8 opcode);
    bool stackOnly(quint8 opcode);

    bool push(PickleValue value);
    bool pushId(PickleId id);
    std::optional<PickleId> pop();
    std::optional<PickleId> top();
    std::optional<Ids> popToMark();

    bool pushText(std::optional<quint64> length);
    bool pushBytes(std::optional<quint64> length);
    bool pushLong(std::optional<quint64> length);
    bool pushTuple(std::size_t size);
    bool pushDict(const Ids& flat);
    bool append(const Ids& items);
    bool set(const Ids& flat);
    bool remember(quint32 slot);
    bool recall(std::optional<quint32> slot);
    bool global();
    bool stackGlobal();
    bool pushGlobal(const QString& module, const QString& name);
    bool call(bool hasKeywords);
    bool pushOrderedDict(PickleId arguments);

    bool fail(ErrorKind kind, const QString& reason);
    bool malformed();

    ByteReader m_reader;
    Pickle m_pickle;
    Ids m_stack;
    std::vector<std::size_t> m_marks;
    QHash<quint32, PickleId> m_memo;
    std::size_t m_copied = 0; ///< Items copied out of lists, which a pickle may ask for again and again.
    bool m_stopped = false;
    std::optional<Error> m_error;
};

} // namespace vitrine
