#include "core/base/literals.h"
#include "core/image/image_cache.h"
#include "tests/support/picture_files.h"
#include "tests/support/sample_comparison.h"
#include "ui/widgets/picture_panel.h"
#include "ui/widgets/picture_view.h"

#include <QFile>
#include <QTest>

using namespace vitrine;
using vitrine::test::PictureFiles;

/// The current picture: its thumbnail at once, its pixels when there is time.
class TestPictures : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void showsTheThumbnailFirst();
    void holdsNoPixels();
    void readsOnceForAllThatIsWaiting();
    void readsAgainWhenItIsResized();
    void readsNothingForTheSameImage();
    void keepsTheThumbnailWhenTheFileIsGone();
    void anotherImageDropsTheError();
    void aMadeUpImageHasNoPicture();

private:
    Comparison showing(int number)
    {
        Comparison comparison = test::sampleComparison(1);
        const auto source = std::make_shared<const ImageSource>(m_files->source(number));
        comparison.images = {{u"image-0"_s, source->path, source->sha256, source}};
        comparison.currentImageId = u"image-0"_s;
        return comparison;
    }
    bool isSharp() const { return m_panel->view()->isSharp(); }

    std::unique_ptr<PictureFiles> m_files;
    std::unique_ptr<ImageCache> m_cache;
    std::unique_ptr<PicturePanel> m_panel;
    int m_reads = 0;
};

void TestPictures::init()
{
    m_reads = 0;
    m_files = std::make_unique<PictureFiles>();
    m_cache = std::make_unique<ImageCache>(0);
    m_panel = std::make_unique<PicturePanel>([this](const ImageSource& source) {
        ++m_reads;
        return m_cache->picture(source);
    });
    m_panel->resize(400, 300);
    m_panel->show();
}

void TestPictures::cleanup()
{
    m_panel.reset();
}

void TestPictures::showsTheThumbnailFirst()
{
    m_panel->setComparison(showing(200));
    QCOMPARE(m_panel->caption(), u"200.png 20 × 10"_s);
    const QImage shown = m_panel->view()->grab().toImage();
    QCOMPARE(m_reads, 0);
    QVERIFY(!isSharp());
    const QSize size = m_panel->view()->size();
    QCOMPARE(qRed(shown.pixel(size.width() / 2, size.width() / 4)), 200);
    QTRY_VERIFY(isSharp());
    QCOMPARE(m_reads, 1);
    QVERIFY(m_panel->view()->crop().isValid());
}

void TestPictures::holdsNoPixels()
{
    std::weak_ptr<const SourceImage> pixels;
    PicturePanel panel([&](const ImageSource& source) {
        auto picture = m_cache->picture(source);
        pixels = *picture;
        return picture;
    });
    panel.show();
    panel.setComparison(showing(1));
    QTRY_VERIFY(panel.view()->isSharp());
    QVERIFY(pixels.expired());
}

void TestPictures::readsOnceForAllThatIsWaiting()
{
    m_panel->setComparison(showing(1));
    for (int i = 0; i < 5; ++i) {
        m_panel->resize(400 + 10 * i, 300);
        m_panel->grab();
    }
    QCOMPARE(m_reads, 0);
    QTRY_VERIFY(isSharp());
    QCOMPARE(m_reads, 1);
}

void TestPictures::readsAgainWhenItIsResized()
{
    m_panel->setComparison(showing(1));
    QTRY_VERIFY(isSharp());
    m_panel->resize(600, 500);
    QTRY_COMPARE(m_reads, 2);
    QTRY_VERIFY(isSharp());
}

void TestPictures::readsNothingForTheSameImage()
{
    const Comparison comparison = showing(1);
    m_panel->setComparison(comparison);
    QTRY_VERIFY(isSharp());
    for (int i = 0; i < 5; ++i) {
        m_panel->setComparison(comparison);
        m_panel->grab();
        QCoreApplication::processEvents();
    }
    QCOMPARE(m_reads, 1);
}

void TestPictures::keepsTheThumbnailWhenTheFileIsGone()
{
    const Comparison comparison = showing(200);
    QVERIFY(QFile::remove(comparison.images[0].path));
    m_panel->setComparison(comparison);
    QCOMPARE(m_panel->warning(), QString());
    QTRY_VERIFY(m_panel->warning().contains(u"is gone since it was opened"_s));
    m_panel->setComparison(comparison);
    QVERIFY(m_panel->warning().contains(comparison.images[0].path));
    m_panel->grab();
    QCoreApplication::processEvents();
    QCOMPARE(m_reads, 1);
    const QSize size = m_panel->view()->size();
    const QImage shown = m_panel->view()->grab().toImage();
    QCOMPARE(qRed(shown.pixel(size.width() / 2, size.height() / 4)), 200);
}

void TestPictures::anotherImageDropsTheError()
{
    const Comparison comparison = showing(1);
    QVERIFY(QFile::remove(comparison.images[0].path));
    m_panel->setComparison(comparison);
    QTRY_VERIFY(!m_panel->warning().isEmpty());
    m_panel->setComparison(showing(2));
    QCOMPARE(m_panel->warning(), QString());
    QTRY_VERIFY(isSharp());
}

void TestPictures::aMadeUpImageHasNoPicture()
{
    m_panel->setComparison(test::sampleComparison(1));
    QVERIFY(m_panel->caption().startsWith(u"No image"_s));
    m_panel->grab();
    QCoreApplication::processEvents();
    QCOMPARE(m_reads, 0);
}

QTEST_MAIN(TestPictures)
#include "tst_pictures.moc"
