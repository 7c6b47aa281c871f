#include "core/base/file_error.h"
#include "core/base/literals.h"
#include "core/base/tr.h"
#include "core/checkpoint/file_format.h"
#include "core/model/variant.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QStringDecoder>

namespace vitrine {

namespace {

constexpr qint64 largestFile = 16 << 20;
constexpr int mostLabels = 1'000'000;

Error unusableLabels(const QString& reason)
{
    return Error{ErrorKind::Malformed, tr("no usable list of labels: %1").arg(reason)};
}

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

Result<Labels> fromObject(const QJsonObject& object)
{
    if (const QJsonValue inner = object.value(u"id2label"_s); inner.isObject())
        return fromObject(inner.toObject());
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
    Labels labels;
    for (auto entry = byIndex.begin(); entry != byIndex.end(); ++entry) {
        if (entry.key() != labels.size())
            return unusableLabels(
                tr("class %1 has no name, but class %2 has").arg(labels.size()).arg(entry.key()));
        labels.append(entry.value());
    }
    return labels;
}

Result<Labels> fromJson(const QByteArray& text)
{
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(text, &error);
    if (document.isNull())
        return Error{ErrorKind::Malformed,
                     tr("no usable list of labels: it is not valid JSON at byte %1").arg(error.offset),
                     error.errorString()};
    return document.isArray() ? fromArray(document.array()) : fromObject(document.object());
}

Result<Labels> fromText(const QByteArray& bytes)
{
    QStringDecoder decoder(QStringDecoder::Utf8);
    const QString text = decoder.decode(bytes);
    if (decoder.hasError() || bytes.contains('\0'))
        return unusableLabels(tr("it is not UTF-8 text"));
    Labels labels = text.split(QLatin1Char('\n'));
    for (QString& label : labels)
        label = label.trimmed();
    while (!labels.isEmpty() && labels.last().isEmpty())
        labels.removeLast();
    return labels;
}

Result<Labels> parse(QByteArray bytes)
{
    if (bytes.startsWith("\xEF\xBB\xBF"))
        bytes.remove(0, 3);
    if (looksLikeGitLfsPointer(std::as_bytes(std::span(std::as_const(bytes)))))
        return unusableLabels(tr("it is a Git LFS pointer; fetch the file itself with \"git lfs pull\""));
    const QByteArray start = bytes.left(4096).trimmed().left(1);
    if (start == "<")
        return unusableLabels(tr("it is a web page; download the file itself (its \"raw\" link)"));
    const bool json = start == "[" || start == "{";
    Result<Labels> labels = json ? fromJson(bytes) : fromText(bytes);
    if (labels && labels->isEmpty())
        return unusableLabels(tr("it is empty"));
    if (labels && labels->size() > mostLabels)
        return unusableLabels(tr("it has more than %1 names").arg(mostLabels));
    return labels;
}

} // namespace

QString labelFor(const Labels& labels, int index)
{
    const QString label = labels.value(index);
    return label.isEmpty() ? tr("class %1").arg(index) : label;
}

Result<Labels> readLabels(const QString& path)
{
    if (const std::optional<Error> problem = whyNotReadable(path))
        return *problem;
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return unreadable(path, file.errorString());
    if (file.size() > largestFile)
        return fileError(ErrorKind::TooLarge, path,
                         tr("no usable list of labels: it takes %1 bytes").arg(file.size()));
    return inFile(path, parse(file.readAll()));
}

const Labels& imageNetLabels()
{
    static const Labels labels = [] {
        auto read = readLabels(u":/labels/imagenet.txt"_s);
        return read ? *std::move(read) : Labels();
    }();
    return labels;
}

void fillLabels(Variant& variant)
{
    if (!variant.labels.isEmpty() || variant.classes != imageNetLabels().size())
        return;
    variant.labels = imageNetLabels();
    variant.labelsAreBuiltIn = true;
}

Labels statedLabels(const Variant& variant)
{
    return variant.labelsAreBuiltIn ? Labels() : variant.labels;
}

} // namespace vitrine
