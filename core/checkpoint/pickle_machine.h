#pragma once

#include "core/checkpoint/pickle.h"

#include <QHash>

#include <optional>

namespace vitrine {

namespace pickle_op {

// The binary opcodes, by the names that Python's pickletools gives them.
inline constexpr quint8 Mark = '(', Stop = '.', Pop = '0', PopMark = '1', Dup = '2';
inline constexpr quint8 None = 'N', NewTrue = 0x88, NewFalse = 0x89;
inline constexpr quint8 BinInt = 'J', BinInt1 = 'K', BinInt2 = 'M', Long1 = 0x8a, Long4 = 0x8b,
                        BinFloat = 'G';
inline constexpr quint8 BinUnicode = 'X', ShortBinUnicode = 0x8c, BinUnicode8 = 0x8d;
inline constexpr quint8 BinString = 'T', ShortBinString = 'U';
inline constexpr quint8 BinBytes = 'B', ShortBinBytes = 'C', BinBytes8 = 0x8e, ByteArray8 = 0x96;
inline constexpr quint8 EmptyTuple = ')', Tuple = 't', Tuple1 = 0x85, Tuple2 = 0x86, Tuple3 = 0x87;
inline constexpr quint8 EmptyList = ']', List = 'l', EmptyDict = '}', Dict = 'd', EmptySet = 0x8f,
                        FrozenSet = 0x91;
inline constexpr quint8 Append = 'a', Appends = 'e', SetItem = 's', SetItems = 'u', AddItems = 0x90;
inline constexpr quint8 BinGet = 'h', LongBinGet = 'j', BinPut = 'q', LongBinPut = 'r', Memoize = 0x94;
inline constexpr quint8 Global = 'c', StackGlobal = 0x93, Reduce = 'R', NewObj = 0x81, NewObjEx = 0x92,
                        Build = 'b', BinPersId = 'Q';
inline constexpr quint8 Proto = 0x80, Frame = 0x95;

} // namespace pickle_op

/// The stack machine that a pickle is a program for. Private to readPickle().
class PickleMachine
{
public:
    explicit PickleMachine(Bytes bytes) : m_reader(bytes) {}
    Result<Pickle> run();

private:
    using Ids = std::vector<PickleId>;

    // Every step is false when the pickle is broken; m_error then holds the reason. What is missing (none)
    // was not in the pickle, and breaks it. step() hands on what it does not know to the next, and so on.
    bool step(quint8 opcode);
    bool scalar(quint8 opcode);
    bool container(quint8 opcode);
    bool object(quint8 opcode);

    bool push(PickleValue value);
    bool pushId(std::optional<PickleId> id);
    std::optional<PickleId> top() const;
    std::optional<PickleId> pop();
    std::optional<Ids> popLast(std::size_t count);
    std::optional<Ids> popToMark();

    template <typename Length>
    std::optional<Bytes> counted();
    std::optional<QString> line();

    bool pushNumber(std::optional<qint64> number);
    bool pushLong(std::optional<Bytes> bytes);
    bool pushText(std::optional<Bytes> bytes);
    bool pushBytes(std::optional<Bytes> bytes);
    bool pushSequence(PickleSequence::Type type, std::optional<Ids> items);
    bool append(const std::optional<Ids>& items);
    bool set(const std::optional<Ids>& flat);
    bool remember(std::optional<quint32> slot);
    bool recall(std::optional<quint32> slot);
    bool pushGlobal(const QString& module, const QString& name);
    bool fill(std::optional<PickleId> state);
    QString callableName(PickleId id) const;
    bool call(const std::optional<Ids>& ids);
    bool pushOrderedDict(PickleId arguments);

    bool fail(ErrorKind kind, const QString& reason);
    bool broken();

    ByteReader m_reader;
    Pickle m_pickle;
    Ids m_stack;
    std::vector<std::size_t> m_marks;
    QHash<quint32, PickleId> m_memo;
    std::size_t m_copied = 0; ///< Items copied out of lists, which a pickle may ask for again and again.
    bool m_stopped = false;
    Error m_error;
};

} // namespace vitrine
