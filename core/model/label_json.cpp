#include "core/model/label_json.h"

#include "core/base/literals.h"
#include "core/base/tr.h"
#include "core/model/label_text.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMap>

#include <algorithm>
#include <cmath>

namespace vitrine {

namespace {

/// "name", or the last of ["id", "name"].
std::optional<QString> nameOf(const QJsonValue& value)
{
    const QJsonArray pair = value.toArray();
    if (value.isArray() && pair.size() == 2)
        return nameOf(pair.at(1));
    return value.isString() ? std::optional(value.toString()) : std::nullopt;
}

Result<Labels> fromArray(const QJsonArray& array)
{
    Labels labels;
    for (const QJsonValue& value : array) {
        const std::optional<QString> name = nameOf(value);
        if (!name)
            return unusableLabels(tr("entry %1 of the array is not a name").arg(labels.size()));
        labels.append(*name);
    }
    return labels;
}

Result<Labels> fromNumbered(const QMap<int, QString>& byIndex)
{
    Labels labels;
    for (auto entry = byIndex.begin(); entry != byIndex.end(); ++entry) {
        if (entry.key() != labels.size())
            return unusableLabels(
                tr("class %1 has no name, but class %2 has").arg(labels.size()).arg(entry.key()));
        labels.append(entry.value());
    }
    return labels;
}

bool isClassNumber(const QJsonValue& value)
{
    const double number = value.toDouble(-1);
    return number >= 0 && number < mostLabels && number == std::floor(number);
}

/// {"cat": 0, "dog": 1}
Result<Labels> fromNumbers(const QJsonObject& object)
{
    QMap<int, QString> byIndex;
    for (auto entry = object.begin(); entry != object.end(); ++entry) {
        const int index = entry.value().toInt();
        if (!isClassNumber(entry.value()))
            return unusableLabels(tr("\"%1\" has no usable class number").arg(entry.key().left(80)));
        if (byIndex.contains(index))
            return unusableLabels(tr("\"%1\" and \"%2\" have the same class number %3")
                                      .arg(byIndex.value(index).left(80), entry.key().left(80))
                                      .arg(index));
        byIndex.insert(index, entry.key());
    }
    return fromNumbered(byIndex);
}

/// {"0": "cat", "1": "dog"}
Result<Labels> fromNames(const QJsonObject& object)
{
    QMap<int, QString> byIndex;
    for (auto entry = object.begin(); entry != object.end(); ++entry) {
        bool ok = false;
        const int index = entry.key().toInt(&ok);
        if (!ok || index < 0 || index >= mostLabels)
            return unusableLabels(tr("its key \"%1\" is not a class number").arg(entry.key().left(80)));
        const std::optional<QString> name = nameOf(entry.value());
        if (!name)
            return unusableLabels(tr("class %1 has neither a name nor [\"id\", \"name\"]").arg(index));
        byIndex.insert(index, *name);
    }
    return fromNumbered(byIndex);
}

/// The list itself, or the one within a model's settings.
Result<Labels> fromObject(const QJsonObject& object)
{
    for (const QString& key : {u"id2label"_s, u"idx_to_class"_s, u"label2id"_s, u"class_to_idx"_s,
                               u"label_names"_s, u"class_names"_s, u"classes"_s, u"labels"_s, u"names"_s}) {
        const QJsonValue inner = object.value(key);
        if (inner.isObject())
            return fromObject(inner.toObject());
        if (inner.isArray())
            return fromArray(inner.toArray());
    }
    const bool numbersAreValues =
        std::any_of(object.begin(), object.end(), [](const QJsonValue& value) { return value.isDouble(); });
    return numbersAreValues ? fromNumbers(object) : fromNames(object);
}

} // namespace

Error unusableLabels(const QString& reason)
{
    return Error{ErrorKind::Malformed, tr("no usable list of labels: %1").arg(reason)};
}

Result<Labels> labelsFromJson(const QString& text)
{
    QJsonParseError error;
    const QByteArray json = text.toUtf8();
    QJsonDocument document = QJsonDocument::fromJson(json, &error);
    if (document.isNull())
        document = QJsonDocument::fromJson(jsonFromPython(text));
    if (document.isNull())
        return Error{ErrorKind::Malformed,
                     tr("no usable list of labels: it is not valid JSON at byte %1").arg(error.offset),
                     error.errorString()};
    return document.isArray() ? fromArray(document.array()) : fromObject(document.object());
}

} // namespace vitrine
