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
        return unreadable(path, file.errorString());
    const QJsonObject object = QJsonDocument::fromJson(file.readAll()).object();
    if (object.value(u"schemaVersion").toInt() == schemaVersion)
        return object;
    return fileError(ErrorKind::Unsupported, path,
                     tr("this is not a demo that this Vitrine can show; install Vitrine again"));
}

QStringList filesNamedIn(const QJsonObject& object, const QDir& folder)
{
    QStringList files;
    for (const QJsonValue& image : object.value(u"images").toArray())
        files << folder.absoluteFilePath(image.toString());
    return files;
}

Status checkFiles(const QString& path, const DemoSet& set)
{
    for (const QString& file : QStringList{set.checkpoint} + set.images)
        if (!QFileInfo(file).isFile())
            return incomplete(path, tr("there is no %1").arg(file));
    return set.images.isEmpty() ? Status(incomplete(path, tr("it names no images"))) : Done{};
}

/// All but the files' existence.
Status readParts(DemoSet& set, const QJsonObject& object, const QDir& folder)
{
    set.modelName = object.value(u"modelName").toString();
    set.checkpoint = folder.absoluteFilePath(object.value(u"checkpoint").toString());
    set.images = filesNamedIn(object, folder);
    if (const QString labels = object.value(u"labels").toString(); !labels.isEmpty()) {
        auto read = readLabels(folder.absoluteFilePath(labels));
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
    return Done{};
}

} // namespace

Result<DemoSet> readDemoSet(const QString& path)
{
    const auto object = readObject(path);
    if (!object)
        return object.failure();
    DemoSet set;
    if (const Status read = readParts(set, *object, QFileInfo(path).absoluteDir()); !read)
        return inFile(path, read.failure());
    if (const Status whole = checkFiles(path, set); !whole)
        return whole.failure();
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
