#include "tests/support/demo_files.h"

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
    const QDir demo(QDir(folder).filePath(QStringLiteral("demo")));
    const QStringList images{QStringLiteral("images/circle.png"), QStringLiteral("images/square.png"),
                             QStringLiteral("images/star.png")};
    const QJsonObject manifest{{QStringLiteral("schemaVersion"), 1},
                               {QStringLiteral("modelName"), QStringLiteral("Little shapes")},
                               {QStringLiteral("checkpoint"), QStringLiteral("shapes.safetensors")},
                               {QStringLiteral("labels"), QStringLiteral("labels.txt")},
                               {QStringLiteral("images"), QJsonArray::fromStringList(images)},
                               {QStringLiteral("preprocessing"), Preprocessing::imageNet(32).toJson()}};
    writeFile(demo.filePath(QStringLiteral("demo.json")), QJsonDocument(manifest).toJson());
    writeFile(demo.filePath(QStringLiteral("labels.txt")), "circle\nsquare\nstar\n");
    writeTinyDeit(demo.filePath(QStringLiteral("shapes.safetensors")));
    demo.mkpath(QStringLiteral("images"));
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
