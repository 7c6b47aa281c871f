#include "tests/support/demo_files.h"

#include "core/base/literals.h"
#include "core/image/preprocessing.h"
#include "tests/support/files.h"
#include "tests/support/model_files.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace vitrine::test {

QString writeDemoData(const QString& folder)
{
    const QDir demo(QDir(folder).filePath(u"demo"_s));
    const QStringList images{u"images/circle.png"_s, u"images/square.png"_s, u"images/star.png"_s};
    const QJsonObject manifest{{u"schemaVersion"_s, 1},
                               {u"modelName"_s, u"Little shapes"_s},
                               {u"checkpoint"_s, u"shapes.safetensors"_s},
                               {u"labels"_s, u"labels.txt"_s},
                               {u"images"_s, QJsonArray::fromStringList(images)},
                               {u"preprocessing"_s, Preprocessing::imageNet(32).toJson()}};
    writeFile(demo.filePath(u"demo.json"_s), QJsonDocument(manifest).toJson());
    writeFile(demo.filePath(u"labels.txt"_s), "circle\nsquare\nstar\n");
    writeTinyDeit(demo.filePath(u"shapes.safetensors"_s));
    demo.mkpath(u"images"_s);
    static constexpr Qt::GlobalColor colors[] = {Qt::red, Qt::green, Qt::blue};
    for (int i = 0; i < images.size(); ++i)
        writeImage(demo.filePath(images[i]), colors[i]);
    return folder;
}

DemoEnvironment::DemoEnvironment(const QString& dataFolder, const QString& cacheFolder)
{
    qputenv("VITRINE_DATA_DIR", QFile::encodeName(dataFolder));
    qputenv("XDG_CACHE_HOME", QFile::encodeName(cacheFolder));
}

DemoEnvironment::~DemoEnvironment()
{
    qunsetenv("VITRINE_DATA_DIR");
    qunsetenv("XDG_CACHE_HOME");
}

} // namespace vitrine::test
