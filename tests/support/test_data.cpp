#include "tests/support/test_data.h"

#include <QDir>

namespace vitrine::test {

namespace {

QString realDataFolder()
{
    return qEnvironmentVariable("VITRINE_REAL_DATA", QStringLiteral(DEFAULT_REAL_DATA));
}

} // namespace

QString fixture(const QString& name)
{
    return QDir(QStringLiteral(TEST_DATA)).filePath(name);
}

QString tinyCheckpoint()
{
    return fixture(QStringLiteral("checkpoints/timm_plain.safetensors"));
}

QString photograph()
{
    return fixture(QStringLiteral("images/exif_1.jpg"));
}

QString realData(const QString& name)
{
    return QDir(realDataFolder()).filePath(name);
}

bool haveRealData()
{
    return QDir(realDataFolder()).exists(QStringLiteral("models"));
}

} // namespace vitrine::test
