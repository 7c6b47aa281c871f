#include "core/checkpoint/pickle_machine.h"

#include "core/base/tr.h"

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
            return malformed(tr("the pickle ends too early: the file is cut off; copy or download it again"));
        if (!step(*opcode))
            return m_error;
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
        return m_reader.number<quint64>() || broken();
    case Stop:
        m_pickle.root = top().value_or(0);
        m_stopped = pop() && m_stack.empty() && m_marks.empty();
        return m_stopped || broken();
    case Mark:
        if (m_marks.size() >= maximumStack)
            return fail(ErrorKind::TooLarge, tr("the pickle is nested too deeply"));
        m_marks.push_back(m_stack.size());
        return true;
    case Pop:
        if (m_marks.empty() || m_marks.back() != m_stack.size())
            return pop() || broken();
        m_marks.pop_back();
        return true;
    case PopMark:
        return popToMark() || broken();
    case Dup:
        return pushId(top());
    case BinGet:
        return recall(m_reader.number<quint8>());
    case LongBinGet:
        return recall(m_reader.number<quint32>());
    case BinPut:
        return remember(m_reader.number<quint8>());
    case LongBinPut:
        return remember(m_reader.number<quint32>());
    case Memoize:
        return remember(quint32(m_memo.size()));
    default:
        return scalar(opcode);
    }
}

bool PickleMachine::scalar(quint8 opcode)
{
    switch (opcode) {
    case None:
        return push(PickleNone{});
    case NewTrue:
    case NewFalse:
        return push(opcode == NewTrue);
    case BinInt:
        return pushNumber(m_reader.number<qint32>());
    case BinInt1:
        return pushNumber(m_reader.number<quint8>());
    case BinInt2:
        return pushNumber(m_reader.number<quint16>());
    case Long1:
        return pushLong(counted<quint8>());
    case Long4:
        return pushLong(counted<quint32>());
    case BinFloat:
        if (const auto bits = m_reader.number<quint64>())
            return push(std::bit_cast<double>(qbswap(*bits)));
        return broken();
    case ShortBinUnicode:
    case ShortBinString:
        return pushText(counted<quint8>());
    case BinUnicode:
    case BinString:
        return pushText(counted<quint32>());
    case BinUnicode8:
        return pushText(counted<quint64>());
    case ShortBinBytes:
        return pushBytes(counted<quint8>());
    case BinBytes:
        return pushBytes(counted<quint32>());
    case BinBytes8:
    case ByteArray8:
        return pushBytes(counted<quint64>());
    default:
        return container(opcode);
    }
}

/// The bytes that stand behind their number.
template <typename Length>
std::optional<Bytes> PickleMachine::counted()
{
    const std::optional<Length> length = m_reader.number<Length>();
    return length ? m_reader.take(*length) : std::nullopt;
}

bool PickleMachine::pushNumber(std::optional<qint64> number)
{
    return number ? push(*number) : broken();
}

bool PickleMachine::pushLong(std::optional<Bytes> bytes)
{
    if (!bytes)
        return broken();
    if (bytes->size() > sizeof(qint64))
        return push(PickleBigInt{QByteArrayView(*bytes).toByteArray()});
    const bool negative = !bytes->empty() && (bytes->back() & std::byte{0x80}) != std::byte{0};
    qint64 value = negative ? -1 : 0;
    std::memcpy(&value, bytes->data(), bytes->size());
    return push(value);
}

bool PickleMachine::pushText(std::optional<Bytes> bytes)
{
    return bytes ? push(QString::fromUtf8(QByteArrayView(*bytes))) : broken();
}

bool PickleMachine::pushBytes(std::optional<Bytes> bytes)
{
    return bytes ? push(QByteArrayView(*bytes).toByteArray()) : broken();
}

bool PickleMachine::remember(std::optional<quint32> slot)
{
    const std::optional<PickleId> id = top();
    if (!slot || !id)
        return broken();
    if (m_memo.size() >= maximumMemo)
        return fail(ErrorKind::TooLarge, tr("the pickle remembers too many values"));
    m_memo.insert(*slot, *id);
    return true;
}

bool PickleMachine::recall(std::optional<quint32> slot)
{
    const auto found = slot ? m_memo.constFind(*slot) : m_memo.constEnd();
    return found == m_memo.constEnd() ? broken() : pushId(*found);
}

bool PickleMachine::push(PickleValue value)
{
    if (m_pickle.values.size() >= maximumValues)
        return fail(ErrorKind::TooLarge, tr("the pickle holds too many values"));
    m_pickle.values.push_back(std::move(value));
    return pushId(PickleId(m_pickle.values.size() - 1));
}

bool PickleMachine::pushId(std::optional<PickleId> id)
{
    if (!id)
        return broken();
    if (m_stack.size() >= maximumStack)
        return fail(ErrorKind::TooLarge, tr("the pickle is nested too deeply"));
    m_stack.push_back(*id);
    return true;
}

std::optional<PickleId> PickleMachine::top() const
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

/// In the order in which they were pushed.
std::optional<PickleMachine::Ids> PickleMachine::popLast(std::size_t count)
{
    if (m_stack.size() - (m_marks.empty() ? 0 : m_marks.back()) < count)
        return std::nullopt;
    const auto begin = m_stack.end() - std::ptrdiff_t(count);
    Ids items(begin, m_stack.end());
    m_stack.erase(begin, m_stack.end());
    return items;
}

std::optional<PickleMachine::Ids> PickleMachine::popToMark()
{
    if (m_marks.empty())
        return std::nullopt;
    std::optional<Ids> items = popLast(m_stack.size() - m_marks.back());
    m_marks.pop_back();
    return items;
}

bool PickleMachine::fail(ErrorKind kind, const QString& reason)
{
    m_error = {kind, reason};
    return false;
}

bool PickleMachine::broken()
{
    return fail(
        ErrorKind::Malformed,
        tr("the pickle is damaged near byte %1; copy or download the file again").arg(m_reader.position()));
}

} // namespace vitrine
