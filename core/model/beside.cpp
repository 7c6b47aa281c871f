#include "core/model/beside.h"

#include "core/base/file_error.h"
#include "core/base/literals.h"
#include "core/base/tr.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>

namespace vitrine {

namespace {

constexpr qint64 largestSettings = 16 << 20;

QString textOf(const QString& path, QString& problem)
{
    QFile file(path);
    if (const auto unreadable = whyNotReadable(path))
        problem = unreadable->message;
    else if (!file.open(QIODevice::ReadOnly))
        problem = file.errorString();
    else if (file.size() > largestSettings)
        problem = tr("it takes %1 bytes").arg(file.size());
    return problem.isEmpty() ? QString::fromUtf8(file.readAll()) : QString();
}

QJsonObject settingsIn(const QDir& folder, const QString& name, QStringList& notices)
{
    const QString path = folder.filePath(name);
    if (!QFileInfo::exists(path))
        return {};
    QString problem;
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(textOf(path, problem).toUtf8(), &error);
    if (problem.isEmpty() && !document.isObject())
        problem = tr("it is no JSON object (%1)").arg(error.errorString());
    if (!problem.isEmpty())
        notices.append(tr("%1 beside it is not used: %2").arg(name, problem));
    return document.object();
}

bool isOfAModel(const QJsonObject& config)
{
    for (const QString& key : {u"model_type"_s, u"architectures"_s, u"hidden_size"_s, u"id2label"_s,
                               u"architecture"_s, u"pretrained_cfg"_s})
        if (config.contains(key))
            return true;
    return false;
}

/// Why these are no settings of a vision transformer of this width; empty: they are.
QString whyOfAnother(const ModelSurroundings& beside, int width)
{
    const QString type = beside.config[u"model_type"_s].toString(u"vit"_s);
    if (!beside.isTimm() && type != u"vit"_s && type != u"deit"_s && !type.startsWith(u"vit_m"_s))
        return tr("it describes a model of type %1").arg(type.left(40));
    const QString key = beside.isTimm() ? u"num_features"_s : u"hidden_size"_s;
    if (const qint64 stated = beside.config[key].toInteger(width); stated != width)
        return tr("it describes a model of width %1, and this one has %2").arg(stated).arg(width);
    return {};
}

} // namespace

bool ModelSurroundings::isTimm() const
{
    return config.contains(u"pretrained_cfg"_s) || config.contains(u"architecture"_s);
}

std::optional<qint64> ModelSurroundings::heads() const
{
    const QJsonValue value =
        isTimm() ? config[u"model_args"_s][u"num_heads"_s] : config.value(u"num_attention_heads"_s);
    return value.isUndefined() || value.isNull() ? std::nullopt : std::optional(value.toInteger(0));
}

std::optional<double> ModelSurroundings::layerNormEpsilon() const
{
    const QJsonValue value = config.value(u"layer_norm_eps"_s);
    return value.isUndefined() || value.isNull() ? std::nullopt : std::optional(value.toDouble(-1));
}

std::optional<int> ModelSurroundings::imageSize() const
{
    const QJsonValue size = config.contains(u"image_size"_s)
                                ? config.value(u"image_size"_s)
                                : config[u"pretrained_cfg"_s][u"input_size"_s][2];
    return size.toInt() > 0 ? std::optional(size.toInt()) : std::nullopt;
}

ModelSurroundings readSurroundings(const QString& modelPath)
{
    ModelSurroundings beside;
    beside.path = modelPath;
    if (modelPath.isEmpty())
        return beside;
    const QDir folder = QFileInfo(modelPath).dir();
    beside.config = settingsIn(folder, u"config.json"_s, beside.notices);
    if (!isOfAModel(beside.config))
        beside.config = {};
    beside.preprocessor = settingsIn(folder, u"preprocessor_config.json"_s, beside.notices);
    return beside;
}

ModelSurroundings readSurroundings(const QString& modelPath, int width)
{
    ModelSurroundings beside = readSurroundings(modelPath);
    const QString reason = beside.config.isEmpty() ? QString() : whyOfAnother(beside, width);
    if (reason.isEmpty())
        return beside;
    beside.notices.append(tr("config.json beside it is not used: %1").arg(reason));
    beside.config = {};
    beside.preprocessor = {};
    return beside;
}

ModelInput inputBeside(const ModelSurroundings& surroundings, const ModelShape& shape)
{
    ModelInput input;
    input.notices = surroundings.notices;
    int size = shape.imageSize > 0 ? shape.imageSize : shape.likelySize;
    size = size > 0 ? size : Preprocessing().size;
    const int channels = shape.channels > 0 ? shape.channels : shape.likelyChannels;
    if (const auto stated = statedPreprocessing(surroundings, shape, input)) {
        input.preprocessing = *stated;
    } else if (channels == 1) {
        input.preprocessing = Preprocessing::imageNetGray(size);
        input.notices.append(
            tr("it sees one channel, so it is given gray pictures, with the mean and deviation "
               "of ImageNet's; others can be stated (Input settings in its menu, or "
               "--preprocess mean=0.5,std=0.5)"));
    } else {
        input.preprocessing = Preprocessing::imageNet(size);
    }
    addLabels(surroundings, shape.classes, input);
    return input;
}

ModelInput inputBeside(const DeitWeights& weights)
{
    const DeitConfig& config = weights.config;
    return inputBeside(readSurroundings(weights.checkpoint.path, config.width),
                       {config.imageSize, config.channels, config.classes, 0, 0});
}

} // namespace vitrine
