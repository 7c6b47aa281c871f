#include "tests/support/pickle_writer.h"

#include <QtEndian>

#include <functional>
#include <numeric>

namespace vitrine::test {

namespace {

QByteArray littleEndian(qint32 number)
{
    QByteArray bytes(4, '\0');
    qToLittleEndian(number, bytes.data());
    return bytes;
}

QByteArray global(const QByteArray& module, const QByteArray& name)
{
    return 'c' + module + '\n' + name + '\n';
}

QByteArray numbers(const QList<qint32>& values)
{
    QList<QByteArray> items;
    for (const qint32 value : values)
        items << pickledNumber(value);
    return pickledTuple(items);
}

} // namespace

QByteArray pickledText(const QByteArray& text)
{
    return 'X' + littleEndian(qint32(text.size())) + text;
}

QByteArray pickledNumber(qint32 number)
{
    return 'J' + littleEndian(number);
}

QByteArray pickledNone()
{
    return "N";
}

QByteArray pickledTuple(const QList<QByteArray>& items)
{
    return '(' + items.join() + 't';
}

QByteArray pickledDictionary(const QList<std::pair<QByteArray, QByteArray>>& entries)
{
    QByteArray items;
    for (const auto& [key, value] : entries)
        items += pickledText(key) + value;
    return "}(" + items + 'u';
}

QByteArray pickledObject(const QByteArray& module, const QByteArray& name, const QByteArray& state)
{
    return global(module, name) + ")\x81" + state + 'b';
}

QByteArray pickled(const PickledTensor& tensor)
{
    const qint32 count =
        std::accumulate(tensor.shape.begin(), tensor.shape.end(), qint32(1), std::multiplies<>());
    QList<qint32> strides(tensor.shape.size(), 1);
    for (qsizetype i = strides.size(); i-- > 1;)
        strides[i - 1] = strides[i] * tensor.shape[i];
    const QByteArray storage =
        pickledTuple({pickledText("storage"), global("torch", tensor.storage), pickledText(tensor.key),
                      pickledText("cpu"), pickledNumber(tensor.stored < 0 ? count : tensor.stored)}) +
        'Q';
    QList<QByteArray> arguments{storage, pickledNumber(0), numbers(tensor.shape), numbers(strides)};
    if (!tensor.quantizer.isEmpty())
        arguments << tensor.quantizer;
    arguments << QByteArray("\x89") << global("collections", "OrderedDict") + ")R";
    const QByteArray function = tensor.quantizer.isEmpty() ? "_rebuild_tensor_v2" : "_rebuild_qtensor";
    return global("torch._utils", function) + pickledTuple(arguments) + 'R';
}

QByteArray wholePickle(const QByteArray& value)
{
    return "\x80\x02" + value + '.';
}

} // namespace vitrine::test
