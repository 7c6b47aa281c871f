#include "core/base/literals.h"
#include "core/checkpoint/identify.h"
#include "core/image/image_reader.h"
#include "tests/support/files.h"

#include <QHash>
#include <QImageIOHandler>
#include <QImageIOPlugin>
#include <QImageReader>
#include <QTemporaryDir>
#include <QTest>
#include <QtPlugin>

using namespace vitrine;
using namespace vitrine::test;

namespace {

const QByteArray heic("\0\0\0\x18"
                      "ftypheic\0\0\0\0mif1heic",
                      24);
const QByteArray avif("\0\0\0\x18"
                      "ftypavif\0\0\0\0mif1avif",
                      24);
const QByteArray jpegXl("\xff\x0a\xfa\x7f\1\2\3\4", 8);

/// Sees 6 x 4 red pixels in whatever it is given, once.
class RedHandler : public QImageIOHandler
{
public:
    bool canRead() const override { return !m_isRead; }
    bool read(QImage* image) override
    {
        m_isRead = true;
        *image = QImage(6, 4, QImage::Format_RGB32);
        image->fill(Qt::red);
        return true;
    }
    bool supportsOption(ImageOption option) const override { return option == Size; }
    QVariant option(ImageOption option) const override { return option == Size ? QSize(6, 4) : QVariant(); }

private:
    bool m_isRead = false;
};

} // namespace

/// Stands for kimageformats, which is not there wherever tests run: the beginnings of files are enough for
/// it.
class RedPlugin : public QImageIOPlugin
{
    Q_OBJECT
    Q_PLUGIN_METADATA(IID QImageIOHandlerFactoryInterface_iid FILE "../support/plugins/picture_plugin.json")

public:
    Capabilities capabilities(QIODevice* device, const QByteArray& format) const override
    {
        const bool isRead = device == nullptr ? pictures.values().contains(format)
                                              : pictures.contains(device->peek(heic.size()));
        return isRead ? CanRead : Capabilities();
    }
    QImageIOHandler* create(QIODevice* device, const QByteArray& /*format*/) const override
    {
        auto* handler = new RedHandler;
        handler->setDevice(device);
        handler->setFormat(pictures.value(device->peek(heic.size())));
        return handler;
    }

private:
    /// Whole files, and how kimageformats calls their formats.
    const QHash<QByteArray, QByteArray> pictures{{heic, "heif"}, {avif, "avif"}, {jpegXl, "jxl"}};
};

/// Pictures of formats that Qt reads only where a plugin was installed for them, where one is.
class TestPicturePlugins : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void itIsReadByThePlugin_data();
    void itIsReadByThePlugin();

private:
    QTemporaryDir m_folder;
};

void TestPicturePlugins::itIsReadByThePlugin_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("HEIC") << heic;
    QTest::newRow("AVIF") << avif;
    QTest::newRow("JPEG XL") << jpegXl;
}

void TestPicturePlugins::itIsReadByThePlugin()
{
    QFETCH(QByteArray, bytes);
    const QString path = writeFile(m_folder.filePath(u"picture.png"_s), bytes);
    const auto read = readImage(path);
    QVERIFY2(read, read ? "" : qPrintable(read.error().message + read.error().detail));
    QCOMPARE(read->rgb.size(), QSize(6, 4));
    QCOMPARE(read->rgb.pixelColor(3, 2), QColor(Qt::red));
    QVERIFY(read->warning.isEmpty());
    const auto identity = identify(path);
    QVERIFY(identity);
    QCOMPARE(identity->format, FileFormat::Image);
}

Q_IMPORT_PLUGIN(RedPlugin)
QTEST_GUILESS_MAIN(TestPicturePlugins)
#include "tst_picture_plugins.moc"
