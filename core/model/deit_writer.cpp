#include "core/base/file_error.h"
#include "core/base/file_writing.h"
#include "core/base/json_values.h"
#include "core/base/literals.h"
#include "core/base/tr.h"
#include "core/model/deit.h"

#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QtEndian>
#include <qfloat16.h>

namespace vitrine {

namespace {

qint64 sizeOf(TensorType type)
{
    return type == TensorType::Float16 ? qint64(sizeof(qfloat16)) : qint64(sizeof(float));
}

QJsonObject tensorEntry(const DeitParameter& parameter, TensorType type, qint64 begin)
{
    const qint64 end = begin + parameter.count() * sizeOf(type);
    const bool isHalf = type == TensorType::Float16;
    return {{u"dtype"_s, isHalf ? u"F16"_s : u"F32"_s},
            {u"shape"_s, arrayOf(parameter.shape)},
            {u"data_offsets"_s, QJsonArray{begin, end}}};
}

QByteArray header(const DeitWeights& weights, TensorType type)
{
    const QByteArray architecture = QJsonDocument(weights.config.toJson()).toJson(QJsonDocument::Compact);
    QJsonObject object;
    object.insert(u"__metadata__"_s,
                  QJsonObject{{u"format"_s, u"pt"_s},
                              {u"vitrine"_s, QString::fromUtf8(architecture)},
                              {u"num_heads"_s, QString::number(weights.config.heads)},
                              {u"layer_norm_eps"_s, QString::number(weights.config.layerNormEpsilon, 'g',
                                                                    QLocale::FloatingPointShortest)}});
    qint64 offset = 0;
    for (const DeitParameter& parameter : weights.parameters) {
        object.insert(parameter.name, tensorEntry(parameter, type, offset));
        offset += parameter.count() * sizeOf(type);
    }
    QByteArray text = QJsonDocument(object).toJson(QJsonDocument::Compact);
    text.append(QByteArray((8 - text.size() % 8) % 8, ' ')); // so that the data is aligned
    return text;
}

bool writeValues(QIODevice& file, const std::vector<float>& values, TensorType type)
{
    if (type != TensorType::Float16)
        return writeAll(file, values.data(), qint64(values.size() * sizeof(float)));
    std::vector<qfloat16> halves(values.size());
    qFloatToFloat16(halves.data(), values.data(), qsizetype(values.size()));
    return writeAll(file, halves.data(), qint64(halves.size() * sizeof(qfloat16)));
}

} // namespace

Status writeDeit(const DeitWeights& weights, const QString& path, TensorType type)
{
    const QString source = QFileInfo(weights.checkpoint.path).canonicalFilePath();
    if (!source.isEmpty() && source == QFileInfo(path).canonicalFilePath())
        return fileError(ErrorKind::Usage, path, tr("a checkpoint cannot be written over itself"));
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly | QIODevice::Truncate | QIODevice::Unbuffered))
        return notWritable(file);
    return writeDeit(weights, file, type);
}

Status writeDeit(const DeitWeights& weights, QIODevice& target, TensorType type)
{
    const QByteArray text = header(weights, type);
    const quint64 length = qToLittleEndian(quint64(text.size()));
    bool written =
        writeAll(target, &length, sizeof(length)) && writeAll(target, text.constData(), text.size());
    std::vector<float> values;
    for (const DeitParameter& parameter : weights.parameters) {
        if (!written)
            break;
        values.resize(std::size_t(parameter.count()));
        parameter.copyTo(values);
        written = writeValues(target, values, type);
    }
    if (!written)
        return notWritable(target);
    if (const auto change = weights.checkpoint.whyNotWhole())
        return *change;
    return Done{};
}

} // namespace vitrine
