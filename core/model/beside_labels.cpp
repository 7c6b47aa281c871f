#include "core/base/literals.h"
#include "core/base/tr.h"
#include "core/checkpoint/model_folder.h"
#include "core/model/beside.h"
#include "core/model/label_json.h"

#include <QDir>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>

#include <algorithm>

namespace vitrine {

namespace {

/// In a folder of more models than this, a file of labels belongs to none of them in particular.
constexpr qsizetype mostModelsOfOneKind = 8;

/// "LABEL_7" is what transformers writes where nobody named the classes.
bool arePlaceholders(const Labels& labels)
{
    static const QRegularExpression placeholder(u"^LABEL_\\d+$"_s);
    return std::ranges::all_of(labels,
                               [](const QString& label) { return placeholder.match(label).hasMatch(); });
}

/// timm's, whose names may be numbers of WordNet with descriptions beside them.
QJsonArray timmNames(const ModelSurroundings& beside)
{
    const QJsonObject inner = beside.config[u"pretrained_cfg"_s].toObject();
    const auto field = [&](const QString& key) {
        const QJsonValue value = beside.config.value(key);
        return value.isUndefined() ? inner.value(key) : value;
    };
    QJsonArray names = field(u"label_names"_s).toArray();
    const QJsonObject descriptions = field(u"label_descriptions"_s).toObject();
    for (QJsonValueRef name : names)
        name = descriptions.value(name.toString()).toString(name.toString());
    return names;
}

Result<Labels> labelsOfConfig(const ModelSurroundings& beside)
{
    const QJsonObject names = beside.config[u"id2label"_s].toObject();
    if (!names.isEmpty())
        return labelsFromJson(QString::fromUtf8(QJsonDocument(names).toJson()));
    const QJsonArray timm = timmNames(beside);
    return timm.isEmpty() ? Labels() : labelsFromJson(QString::fromUtf8(QJsonDocument(timm).toJson()));
}

QStringList labelFiles(const QFileInfo& model)
{
    const QDir folder = model.dir();
    const QString own = model.completeBaseName();
    const QStringList models = folder.entryList(
        {u"*.pt"_s, u"*.pth"_s, u"*.ptl"_s, u"*.ckpt"_s, u"*.bin"_s, u"*.safetensors"_s}, QDir::Files);
    QStringList names{own + u".labels.txt"_s, own + u"_labels.txt"_s, own + u".labels.json"_s};
    if (models.size() <= mostModelsOfOneKind)
        names += {u"labels.txt"_s,
                  u"labels.json"_s,
                  u"id2label.json"_s,
                  u"class_to_idx.json"_s,
                  u"idx_to_class.json"_s,
                  u"class_names.txt"_s,
                  u"class_names.json"_s,
                  u"classes.txt"_s,
                  u"classes.json"_s,
                  u"imagenet_classes.txt"_s,
                  u"imagenet_class_index.json"_s};
    names.removeIf([&](const QString& name) { return !QFileInfo(folder.filePath(name)).isFile(); });
    return names;
}

/// Takes the labels if they fit.
bool take(const Result<Labels>& labels, const QString& file, int classes, ModelInput& into)
{
    if (!labels) {
        into.notices.append(
            tr("the labels in %1 beside it are not used: %2").arg(file, labels.error().message));
        return false;
    }
    if (labels->isEmpty() || arePlaceholders(*labels))
        return false;
    if (classes > 0 && labels->size() != classes) {
        into.notices.append(labelsDoNotFit(labels->size(), file, classes));
        return false;
    }
    into.labels = *labels;
    into.origins.insert(u"labels"_s, file);
    return true;
}

} // namespace

QStringList filesBeside(const QString& model)
{
    const QFileInfo file(modelFileAt(model));
    const QDir folder = file.dir();
    QStringList names = labelFiles(file);
    names += folder.entryList(
        {u"config.json"_s, u"preprocessor_config.json"_s, u"*.index.json"_s, u"vitrine.json"_s}, QDir::Files);
    QStringList paths;
    for (const QString& name : std::as_const(names))
        paths << folder.absoluteFilePath(name);
    return paths;
}

void addLabels(const ModelSurroundings& surroundings, int classes, ModelInput& into)
{
    if (take(labelsOfConfig(surroundings), u"config.json"_s, classes, into) || surroundings.path.isEmpty())
        return;
    const QFileInfo model(surroundings.path);
    for (const QString& name : labelFiles(model))
        if (take(readLabels(model.dir().filePath(name)), name, classes, into))
            return;
}

} // namespace vitrine
