#include "tests/support/test_data.h"

#include "core/base/literals.h"

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
    return fixture(u"checkpoints/timm_plain.safetensors"_s);
}

QString photograph()
{
    return fixture(u"images/exif_1.jpg"_s);
}

QString realData(const QString& name)
{
    return QDir(realDataFolder()).filePath(name);
}

bool haveRealData()
{
    return QDir(realDataFolder()).exists(u"models"_s);
}

} // namespace vitrine::test
