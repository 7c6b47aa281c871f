#include "core/checkpoint/pickle_machine.h"

#include "core/base/tr.h"
#include "core/checkpoint/pickle_opcodes.h"

#include <QtEndian>

namespace vitrine {

using namespace pickle_op;

namespace {

constexpr std::size_t maximumValues = 1'000'000;
constexpr std::size_t maximumStack = 1'000'000;
constexpr qsizetype maximumMemo = 1'000'000;
constexpr quint8 newestProtocol = 5;

} // namespace

Result<Pickle> readPickle(Bytes bytes)
{
    return PickleMachine(bytes).run();
}

Result<Pickle> PickleMachine::run()
{
    while (!m_stopped) {
        const std::optional<quint8> opcode = m_reader.number<quint8>();
        if (!opcode)
            return Error{ErrorKind::Malformed,
                         tr("the pickle ends too early: the file is cut off; copy or download it again"),
                         {}};
        if (!step(*opcode))
            return *m_error;
    }
    m_pickle.size = m_reader.position();
    return std::move(m_pickle);
}

bool PickleMachine::step(quint8 opcode)
{
    switch (opcode) {
    case Proto:
        if (m_reader.number<quint8>().value_or(newestProtocol + 1) > newestProtocol)
            return fail(ErrorKind::Unsupported, tr("the pickle's protocol is unknown"));
        return true;
    case Frame:
        return m_reader.number<quint64>() ? true : malformed();
    case Stop:
        if (const auto root = pop(); root && m_stack.empty() && m_marks.empty()) {
            m_pickle.root = *root;
            m_stopped = true;
            return true;
        }
        return malformed();
    case Mark:
    case Pop:
    case PopMark:
    case Dup:
        return stackOnly(opcode);
    case None:
    case NewTrue:
    case NewFalse:
        return constant(opcode);
    case BinInt:
    case BinInt1:
    case BinInt2:
    case Long1:
    case Long4:
    case BinFloat:
        return number(opcode);
    case BinUnicode:
    case ShortBinUnicode:
    case BinUnicode8:
    case BinString:
    case ShortBinString:
        return text(opcode);
    case BinBytes:
    case ShortBinBytes:
    case BinBytes8:
    case ByteArray8:
        return binary(opcode);
    case EmptyTuple:
    case Tuple:
    case Tuple1:
    case Tuple2:
    case Tuple3:
    case EmptyList:
    case List:
    case EmptyDict:
    case Dict:
    case EmptySet:
    case FrozenSet:
        return container(opcode);
    case Append:
    case Appends:
    case SetItem:
    case SetItems:
    case AddItems:
        return fill(opcode);
    case BinGet:
    case LongBinGet:
    case BinPut:
    case LongBinPut:
    case Memoize:
        return memo(opcode);
    case Global:
    case StackGlobal:
    case Reduce:
    case NewObj:
    case NewObjEx:
    case Build:
    case BinPersId:
        return object(opcode);
    default:
        return fail(ErrorKind::Unsupported,
                    tr("byte %1 of the pickle is not an instruction that checkpoints use")
                        .arg(m_reader.position() - 1));
    }
}

bool PickleMachine::stackOnly(quint8 opcode)
{
    switch (opcode) {
    case Mark:
        if (m_marks.size() >= maximumStack)
            return fail(ErrorKind::TooLarge, tr("the pickle is nested too deeply"));
        m_marks.push_back(m_stack.size());
        return true;
    case Pop:
        if (!m_marks.empty() && m_marks.back() == m_stack.size()) {
            m_marks.pop_back();
            return true;
        }
        return pop() ? true : malformed();
    case PopMark:
        return popToMark() ? true : malformed();
    default: {
        const std::optional<PickleId> id = top();
        return id ? pushId(*id) : malformed();
    }
    }
}

bool PickleMachine::constant(quint8 opcode)
{
    if (opcode == None)
        return push(PickleNone{});
    return push(opcode == NewTrue);
}

bool PickleMachine::number(quint8 opcode)
{
    switch (opcode) {
    case BinInt:
        if (const auto value = m_reader.number<qint32>())
            return push(qint64(*value));
        return malformed();
    case BinInt1:
        if (const auto value = m_reader.number<quint8>())
            return push(qint64(*value));
        return malformed();
    case BinInt2:
        if (const auto value = m_reader.number<quint16>())
            return push(qint64(*value));
        return malformed();
    case Long1:
        return pushLong(m_reader.number<quint8>());
    case Long4:
        return pushLong(m_reader.number<quint32>());
    default:
        if (const auto bits = m_reader.number<quint64>())
            return push(std::bit_cast<double>(qbswap(*bits)));
        return malformed();
    }
}

bool PickleMachine::pushLong(std::optional<quint64> length)
{
    const std::optional<Bytes> bytes = length ? m_reader.take(*length) : std::nullopt;
    if (!bytes)
        return malformed();
    if (bytes->size() > sizeof(qint64))
        return push(
            PickleBigInt{QByteArray(reinterpret_cast<const char*>(bytes->data()), qsizetype(bytes->size()))});
    const bool negative = !bytes->empty() && (bytes->back() & std::byte{0x80}) != std::byte{0};
    qint64 value = negative ? -1 : 0;
    std::memcpy(&value, bytes->data(), bytes->size());
    return push(value);
}

bool PickleMachine::text(quint8 opcode)
{
    switch (opcode) {
    case ShortBinUnicode:
    case ShortBinString:
        return pushText(m_reader.number<quint8>());
    case BinUnicode8:
        return pushText(m_reader.number<quint64>());
    default:
        return pushText(m_reader.number<quint32>());
    }
}

bool PickleMachine::pushText(std::optional<quint64> length)
{
    const std::optional<Bytes> bytes = length ? m_reader.take(*length) : std::nullopt;
    if (!bytes)
        return malformed();
    return push(QString::fromUtf8(reinterpret_cast<const char*>(bytes->data()), qsizetype(bytes->size())));
}

bool PickleMachine::binary(quint8 opcode)
{
    switch (opcode) {
    case ShortBinBytes:
        return pushBytes(m_reader.number<quint8>());
    case BinBytes:
        return pushBytes(m_reader.number<quint32>());
    default:
        return pushBytes(m_reader.number<quint64>());
    }
}

bool PickleMachine::pushBytes(std::optional<quint64> length)
{
    const std::optional<Bytes> bytes = length ? m_reader.take(*length) : std::nullopt;
    if (!bytes)
        return malformed();
    return push(QByteArray(reinterpret_cast<const char*>(bytes->data()), qsizetype(bytes->size())));
}

bool PickleMachine::memo(quint8 opcode)
{
    switch (opcode) {
    case BinGet:
        return recall(m_reader.number<quint8>());
    case LongBinGet:
        return recall(m_reader.number<quint32>());
    case Memoize:
        return remember(quint32(m_memo.size()));
    default: {
        const std::optional<quint32> slot =
            opcode == BinPut ? std::optional<quint32>(m_reader.number<quint8>()) : m_reader.number<quint32>();
        return slot ? remember(*slot) : malformed();
    }
    }
}

bool PickleMachine::remember(quint32 slot)
{
    const std::optional<PickleId> id = top();
    if (!id)
        return malformed();
    if (m_memo.size() >= maximumMemo)
        return fail(ErrorKind::TooLarge, tr("the pickle remembers too many values"));
    m_memo.insert(slot, *id);
    return true;
}

bool PickleMachine::recall(std::optional<quint32> slot)
{
    const auto found = slot ? m_memo.constFind(*slot) : m_memo.constEnd();
    return found == m_memo.constEnd() ? malformed() : pushId(*found);
}

bool PickleMachine::push(PickleValue value)
{
    if (m_pickle.values.size() >= maximumValues)
        return fail(ErrorKind::TooLarge, tr("the pickle holds too many values"));
    m_pickle.values.push_back(std::move(value));
    return pushId(PickleId(m_pickle.values.size() - 1));
}

bool PickleMachine::pushId(PickleId id)
{
    if (m_stack.size() >= maximumStack)
        return fail(ErrorKind::TooLarge, tr("the pickle is nested too deeply"));
    m_stack.push_back(id);
    return true;
}

std::optional<PickleId> PickleMachine::top()
{
    if (m_stack.size() <= (m_marks.empty() ? 0 : m_marks.back()))
        return std::nullopt;
    return m_stack.back();
}

std::optional<PickleId> PickleMachine::pop()
{
    const std::optional<PickleId> id = top();
    if (id)
        m_stack.pop_back();
    return id;
}

std::optional<PickleMachine::Ids> PickleMachine::popToMark()
{
    if (m_marks.empty())
        return std::nullopt;
    const auto begin = m_stack.begin() + std::ptrdiff_t(m_marks.back());
    Ids items(begin, m_stack.end());
    m_stack.erase(begin, m_stack.end());
    m_marks.pop_back();
    return items;
}

bool PickleMachine::fail(ErrorKind kind, const QString& reason)
{
    m_error = Error{kind, reason, {}};
    return false;
}

bool PickleMachine::malformed()
{
    return fail(
        ErrorKind::Malformed,
        tr("the pickle is damaged near byte %1; copy or download the file again").arg(m_reader.position()));
}

} // namespace vitrine
