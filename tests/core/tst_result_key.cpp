#include "core/base/literals.h"
#include "core/engine/result_key.h"

#include <QTest>

#include <functional>

using namespace vitrine;

using Change = std::function<void(ResultKey&)>;
Q_DECLARE_METATYPE(Change)

class TestResultKey : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void holdsWhatTheRunDependsOn();
    void everyPartCounts_data();
    void everyPartCounts();
    void onlyQuantizedVariantsHaveAQuantizedEngine();
};

namespace {

Variant example()
{
    Variant variant;
    variant.sha256 = QByteArray(32, 'a');
    variant.engine = u"libtorch"_s;
    variant.deit.heads = 3;
    return variant;
}

} // namespace

void TestResultKey::holdsWhatTheRunDependsOn()
{
    const RunKey key = runKeyOf(example(), u"1.13.1"_s, 2, u"onednn"_s);
    QCOMPARE(key.variantSha256, example().sha256);
    QCOMPARE(key.preprocessing, example().preprocessing.toText());
    QCOMPARE(key.stated, u"heads=3"_s);
    QCOMPARE(key.engine, u"libtorch"_s);
    QCOMPARE(key.engineVersion, u"1.13.1"_s);
    QCOMPARE(key.threads, 2);
    QCOMPARE(key.quantizedEngine, u"onednn"_s);
}

void TestResultKey::everyPartCounts_data()
{
    QTest::addColumn<Change>("change");
    const auto row = [](const char* name, const Change& change) { QTest::newRow(name) << change; };
    row("variant", [](ResultKey& key) { key.run.variantSha256.clear(); });
    row("preprocessing", [](ResultKey& key) { key.run.preprocessing.clear(); });
    row("heads that the user states", [](ResultKey& key) { key.run.stated = u"heads=6"_s; });
    row("engine", [](ResultKey& key) { key.run.engine = u"onnx"_s; });
    row("engine's version", [](ResultKey& key) { key.run.engineVersion = u"2.6"_s; });
    row("threads", [](ResultKey& key) { key.run.threads = 1; });
    row("quantized engine", [](ResultKey& key) { key.run.quantizedEngine.clear(); });
    row("image", [](ResultKey& key) { key.imageSha256.clear(); });
}

void TestResultKey::everyPartCounts()
{
    QFETCH(Change, change);
    const ResultKey key{runKeyOf(example(), u"1.13.1"_s, 2, u"onednn"_s), QByteArray(32, 'i')};
    ResultKey other = key;
    QVERIFY(other == key && qHash(other) == qHash(key));
    change(other);
    QVERIFY(other != key);
    QVERIFY(qHash(other) != qHash(key));
}

void TestResultKey::onlyQuantizedVariantsHaveAQuantizedEngine()
{
    Variant variant = example();
    const QStringList available{u"onednn"_s, u"qnnpack"_s};
    QCOMPARE(quantizedEngineFor(variant, u"qnnpack"_s, available), QString());
    variant.isQuantized = true;
    QCOMPARE(quantizedEngineFor(variant, u"qnnpack"_s, available), u"qnnpack"_s);
    QCOMPARE(quantizedEngineFor(variant, {}, available), u"onednn"_s);
    QCOMPARE(quantizedEngineFor(variant, {}, {}), QString());
}

QTEST_GUILESS_MAIN(TestResultKey)
#include "tst_result_key.moc"
