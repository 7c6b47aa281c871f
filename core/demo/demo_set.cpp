#include "core/demo/demo_set.h"

#include "core/base/data_file.h"
#include "core/base/file_error.h"
#include "core/base/literals.h"
#include "core/base/tr.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace vitrine {

namespace {

constexpr int schemaVersion = 1;

Error incomplete(const QString& path, const QString& what)
{
    return fileError(ErrorKind::Malformed, path,
                     tr("the demo is not complete: %1. Install Vitrine again").arg(what));
}

Result<QJsonObject> readObject(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return unreadable(file);
    const QJsonObject object = QJsonDocument::fromJson(file.readAll()).object();
    if (object.value(u"schemaVersion").toInt() == schemaVersion)
        return object;
    return fileError(ErrorKind::Unsupported, path,
                     tr("this is not a demo that this Vitrine can show; install Vitrine again"));
}

/// All but the files' existence.
Result<DemoSet> readParts(const QJsonObject& object, const QDir& folder)
{
    const auto fileNamed = [&](const QJsonValue& name) { return folder.absoluteFilePath(name.toString()); };
    DemoSet set;
    set.modelName = object.value(u"modelName").toString();
    set.checkpoint = fileNamed(object.value(u"checkpoint"));
    for (const QJsonValue& image : object.value(u"images").toArray())
        set.images << fileNamed(image);
    if (const QJsonValue labels = object.value(u"labels"); !labels.toString().isEmpty()) {
        auto read = readLabels(fileNamed(labels));
        if (!read)
            return read.failure();
        set.labels = *std::move(read);
    }
    if (const QJsonValue stated = object.value(u"preprocessing"); stated.isObject()) {
        auto preprocessing = Preprocessing::fromJson(stated.toObject());
        if (!preprocessing)
            return preprocessing.failure();
        set.preprocessing = *std::move(preprocessing);
    }
    return set;
}

} // namespace

Result<DemoSet> readDemoSet(const QString& path)
{
    const auto object = readObject(path);
    if (!object)
        return object.failure();
    auto set = inFile(path, readParts(*object, QFileInfo(path).absoluteDir()));
    if (!set)
        return set;
    for (const QString& file : QStringList{set->checkpoint} + set->images)
        if (!QFileInfo(file).isFile())
            return incomplete(path, tr("there is no %1").arg(file));
    if (set->images.isEmpty())
        return incomplete(path, tr("it names no images"));
    return set;
}

Result<DemoSet> findDemoSet(const DemoRequest& request)
{
    DemoSet set;
    if (request.checkpoint.isEmpty() || request.images.isEmpty()) {
        const auto path = findDataFile(u"demo/demo.json"_s);
        auto shipped = path ? readDemoSet(*path) : Result<DemoSet>(path.failure());
        if (!shipped)
            return shipped.failure();
        set = *std::move(shipped);
    }
    if (!request.checkpoint.isEmpty()) {
        if (const auto problem = whyNotReadable(request.checkpoint))
            return *problem;
        const QFileInfo checkpoint(request.checkpoint);
        set = {checkpoint.completeBaseName(), checkpoint.absoluteFilePath(), {}, {}, set.images};
    }
    if (!request.images.isEmpty())
        set.images = request.images;
    return set;
}

} // namespace vitrine
