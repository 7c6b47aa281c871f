#pragma once

#include <QByteArray>
#include <QList>

namespace vitrine::test {

// Pieces of pickles as TorchScript writes them; each leaves one value.

QByteArray pickledText(const QByteArray& text);
QByteArray pickledNumber(qint32 number);
QByteArray pickledNone();
QByteArray pickledTuple(const QList<QByteArray>& items);
/// {text: value, ...}
QByteArray pickledDictionary(const QList<std::pair<QByteArray, QByteArray>>& entries);
/// "__torch__", "Net", filled with `state`.
QByteArray pickledObject(const QByteArray& module, const QByteArray& name, const QByteArray& state);

struct PickledTensor
{
    QByteArray key;                      ///< Of its storage.
    QList<qint32> shape;                 ///< Strides are those of rows one after another.
    QByteArray storage = "FloatStorage"; ///< A class of torch.
    qint32 stored = -1;                  ///< Elements of the storage; -1: as many as the shape has.
    QByteArray quantizer = {};           ///< A value; not empty: it is a quantized tensor.
};
QByteArray pickled(const PickledTensor& tensor);

/// A whole pickle of this value.
QByteArray wholePickle(const QByteArray& value);

} // namespace vitrine::test
