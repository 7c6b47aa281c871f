#include "core/base/literals.h"
#include "core/base/process_memory.h"
#include "tests/support/session_probe.h"

#include <QImage>
#include <QTest>

using namespace vitrine;

/// Ten photographs of 24 megapixels, 96 MB each when decoded, in one session. bench_pictures takes a
/// thousand.
class TestManyPhotographs : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void memoryIsThatOfAFew();

private:
    /// A picture whose file is small and quick to read, and whose pixels are many.
    static bool write(const QString& path, int number)
    {
        QImage image(6000, 4000, QImage::Format_Mono);
        image.setColorTable({qRgb(number, 0, 0), qRgb(0, number, 0)});
        image.fill(number % 2);
        return image.save(path, "png");
    }
};

void TestManyPhotographs::memoryIsThatOfAFew()
{
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    QSKIP("The sanitizer keeps what was freed");
#endif
    constexpr int count = 10;
    constexpr qint64 sixOfThem = 576'000'000;
    test::SessionProbe probe;
    QVERIFY(probe.add({VariantKind::Original}, 0));
    QStringList paths;
    for (int i = 0; i < count; ++i) {
        paths << probe.path(u"%1.png"_s.arg(i));
        QVERIFY(write(paths.back(), i));
    }
    forgetResidentPeak();
    const qint64 before = residentMemory().now;

    probe.session->addFiles(paths);
    QVERIFY(probe.finish());
    probe.session->classify();
    QVERIFY(probe.finish());

    QCOMPARE(probe.session->snapshot()->images.size(), std::size_t(count));
    QCOMPARE(probe.session->snapshot()->predictionCount(), count);
    const qint64 taken = residentMemory().peak - before;
    QVERIFY2(taken < sixOfThem, qPrintable(u"%1 MB"_s.arg(taken / 1'000'000)));
}

QTEST_GUILESS_MAIN(TestManyPhotographs)
#include "tst_many_photographs.moc"
