#include "tests/support/variant_set_files.h"

#include "core/base/literals.h"

#include <QDir>
#include <QFile>
#include <QHash>
#include <QImage>
#include <QLinearGradient>
#include <QPainter>

namespace vitrine::test {

namespace {

constexpr qint64 sizes[] = {22'883'112, 23'054'881, 6'421'590, 6'388'207, 6'402'113};

/// Zeros behind a first byte that tells it from others.
bool writeZeros(const QString& path, qint64 bytes, int index)
{
    QFile file(path);
    const char first = static_cast<char>('a' + index);
    return file.open(QIODevice::WriteOnly) && file.resize(bytes) && file.write(&first, 1) == 1;
}

/// Of what writeZeros() writes; made once for each, since it takes its time.
QByteArray sha256Of(const QString& path, int index)
{
    static QHash<int, QByteArray> known;
    if (!known.contains(index))
        known.insert(index, fileSha256(path).ok() ? *fileSha256(path) : QByteArray());
    return known.value(index);
}

Variant makeVariant(const QDir& folder, const QString& name, int index)
{
    Variant variant;
    variant.kind = allKinds()[index % 5];
    variant.name = name;
    variant.path = folder.filePath(u"%1.pt"_s.arg(index));
    variant.bytes = sizes[index % 5];
    variant.isQuantized = index % 5 >= 2;
    variant.madeBy = u"Made up for a test."_s;
    return variant;
}

} // namespace

bool writeVariantSet(const QString& folder, const QStringList& names)
{
    const QDir target(folder);
    target.mkpath(u"."_s);
    VariantSet set;
    set.folder = target.absolutePath();
    set.modelName = u"deit_tiny_patch16_224"_s;
    set.architecture = {{u"type"_s, u"torchscript"_s}};
    set.labels = {u"timber wolf, grey wolf, gray wolf, Canis lupus"_s,
                  u"white wolf, Arctic wolf, Canis lupus tundrarum"_s,
                  u"Eskimo dog, husky"_s,
                  u"coyote, prairie wolf, brush wolf, Canis latrans"_s,
                  u"malamute, malemute, Alaskan malamute"_s,
                  u"dingo, warrigal, warragal, Canis dingo"_s};
    for (int i = 0; i < names.size(); ++i) {
        set.variants.push_back(makeVariant(target, names[i], i));
        Variant& variant = set.variants.back();
        if (!writeZeros(variant.path, variant.bytes, i))
            return false;
        variant.sha256 = sha256Of(variant.path, i);
    }
    return writeManifest(set).ok();
}

bool writePicture(const QString& path, int width, int height)
{
    QImage image(width, height, QImage::Format_RGB32);
    QPainter painter(&image);
    QLinearGradient sky(0, 0, width, height);
    sky.setColorAt(0, QColor(0x6fa8dc));
    sky.setColorAt(0.6, QColor(0xf6b26b));
    sky.setColorAt(1, QColor(0x38761d));
    painter.fillRect(image.rect(), sky);
    painter.setBrush(QColor(0x434343));
    painter.drawEllipse(QPointF(width / 2.0, height / 2.0), width / 5.0, height / 3.5);
    painter.end();
    return image.save(path);
}

} // namespace vitrine::test
