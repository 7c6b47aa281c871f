#include "core/base/file_error.h"
#include "core/base/literals.h"
#include "core/base/tr.h"
#include "core/checkpoint/file_format.h"
#include "core/model/label_json.h"
#include "core/model/label_text.h"
#include "core/model/variant.h"

#include <QFile>

namespace vitrine {

namespace {

constexpr qint64 largestFile = 16 << 20;

Labels fromLines(const QString& text)
{
    Labels labels = text.split(QLatin1Char('\n'));
    for (QString& label : labels)
        label = label.trimmed();
    while (!labels.isEmpty() && labels.last().isEmpty())
        labels.removeLast();
    return labels;
}

Result<Labels> parse(const QByteArray& bytes)
{
    const std::optional<QString> text = decodeLabelText(bytes);
    if (!text)
        return unusableLabels(tr("it is not text in UTF-8, UTF-16 or Latin-1"));
    if (looksLikeGitLfsPointer(std::as_bytes(std::span(bytes))))
        return unusableLabels(tr("it is a Git LFS pointer; fetch the file itself with \"git lfs pull\""));
    const QString start = text->left(4096).trimmed();
    if (start.startsWith(QLatin1Char('<')))
        return unusableLabels(tr("it is a web page; download the file itself (its \"raw\" link)"));
    const bool isJson = start.startsWith(QLatin1Char('[')) || start.startsWith(QLatin1Char('{'));
    Result<Labels> labels = isJson ? labelsFromJson(*text) : fromLines(*text);
    if (labels && labels->isEmpty())
        return unusableLabels(tr("it is empty"));
    if (labels && labels->size() > mostLabels)
        return unusableLabels(tr("it has more than %1 names").arg(mostLabels));
    return labels;
}

} // namespace

QString labelsDoNotFit(qsizetype labels, const QString& file, int classes)
{
    return tr("the %1 labels in %2 beside it are not used: the model tells %3 classes apart")
        .arg(labels)
        .arg(file)
        .arg(classes);
}

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
        return unreadable(file);
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
    const QString origin = variant.origins.value(u"labels"_s);
    if (!origin.isEmpty() && variant.classes > 0 && variant.labels.size() != variant.classes) {
        variant.notices.append(labelsDoNotFit(variant.labels.size(), origin, variant.classes));
        variant.origins.remove(u"labels"_s);
        variant.labels.clear();
    }
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
