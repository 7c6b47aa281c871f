#include "core/base/literals.h"
#include "core/checkpoint/script_contents.h"
#include "tests/support/test_data.h"
#include "tests/torch/torch_test.h"

#include <QBuffer>
#include <QTemporaryDir>

using namespace vitrine;
using namespace vitrine::test;

/// TorchScript that is not our own: tiny models of tests/data/make_models.py.
class TestAnyScript : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        makeTorch(m_engine);
        m_input = readInput(fixture(u"models/image.input.f32"_s), 3, 8);
        m_expected = readFloats(fixture(u"models/perceptron.logits.f32"_s));
    }

    void aFileGivesItsLogits_data()
    {
        QTest::addColumn<QString>("file");
        QTest::newRow("scripted") << u"perceptron_scripted.pt"_s;
        QTest::newRow("traced") << u"perceptron_traced.pt"_s;
        QTest::newRow("a lite file under the ending of a script") << u"perceptron_lite_named_pt.pt"_s;
        QTest::newRow("a float mobile-optimized script under .pth") << u"perceptron_float_mobile.pth"_s;
    }

    void aFileGivesItsLogits()
    {
        QFETCH(QString, file);
        const auto logits = runFile(*m_engine, fixture(u"models/"_s + file), m_input);
        VITRINE_VERIFY_OK(logits);
        QVERIFY(maxDifference(*logits, m_expected) < 1e-5F);
    }

    void aScriptBecomesVariants_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("engine");
        for (const QString& engine : availableEngines()) {
            QTest::addRow("scripted, %s", qPrintable(engine)) << u"perceptron_scripted.pt"_s << engine;
            QTest::addRow("traced, %s", qPrintable(engine)) << u"perceptron_traced.pt"_s << engine;
        }
    }

    void aScriptBecomesVariants()
    {
        QFETCH(QString, file);
        QFETCH(QString, engine);
        const QTemporaryDir folder;
        auto builder = m_engine->factory()->fromScript(fixture(u"models/"_s + file), engine);
        VITRINE_VERIFY_OK(builder);
        std::vector<float> quantized;
        for (const VariantKind kind :
             {VariantKind::Quantized, VariantKind::MobileOptimized, VariantKind::Lite}) {
            const QString path = folder.filePath(kindName(kind));
            VITRINE_VERIFY_OK(writeFile(**builder, kind, path));
            const auto identity = identify(path);
            VITRINE_VERIFY_OK(identity);
            QCOMPARE(kindOf(*identity), kind);
            QVERIFY(identity->isQuantized);
            const auto logits = runFile(*m_engine, path, m_input, engine);
            VITRINE_VERIFY_OK(logits);
            if (kind == VariantKind::Quantized) {
                QVERIFY(maxDifference(*logits, m_expected) < 0.05F);
                QVERIFY(maxDifference(*logits, m_expected) > 0);
                quantized = *logits;
            }
            QVERIFY(maxDifference(*logits, quantized) < 1e-6F);
        }
    }

    void aScriptWithoutLinearLayersSaysSo()
    {
        QBuffer target;
        target.open(QIODevice::WriteOnly);
        auto builder =
            m_engine->factory()->fromScript(fixture(u"models/convolution_without_linear.pt"_s), {});
        VITRINE_VERIFY_OK(builder);
        const auto written = (*builder)->write(VariantKind::Quantized, target);
        QVERIFY(!written.ok());
        QVERIFY(written.error().message.contains(u"no Linear layer"_s));
    }

    void aScriptHasNoOriginal()
    {
        QBuffer target;
        target.open(QIODevice::WriteOnly);
        auto builder = m_engine->factory()->fromScript(fixture(u"models/perceptron_scripted.pt"_s), {});
        VITRINE_VERIFY_OK(builder);
        QVERIFY(!(*builder)->write(VariantKind::Original, target).ok());
    }

    void anUnusableModelSaysWhy_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("words");
        QTest::newRow("a pair of tensors") << u"returns_pair.pt"_s << u"a tuple"_s;
        QTest::newRow("a feature map") << u"returns_feature_map.pt"_s << u"[1, 3, 8, 8]"_s;
        QTest::newRow("no forward") << u"no_forward.pt"_s << u"forward"_s;
    }

    void anUnusableModelSaysWhy()
    {
        QFETCH(QString, file);
        QFETCH(QString, words);
        const auto logits = runFile(*m_engine, fixture(u"models/"_s + file), m_input);
        QVERIFY(!logits.ok());
        QVERIFY2(logits.error().message.contains(words), qPrintable(logits.error().message));
        QVERIFY(logits.error().message.contains(file));
    }

    void aWrongInputIsAnErrorAndTheModelStaysUsable()
    {
        const auto variant = readVariant(fixture(u"models/perceptron_scripted.pt"_s));
        VITRINE_VERIFY_OK(variant);
        auto model = m_engine->load(*variant, {});
        VITRINE_VERIFY_OK(model);
        const auto wrong = (*model)->forward({1, 4, 4, std::vector<float>(16)});
        QVERIFY(!wrong.ok());
        QVERIFY2(wrong.error().message.contains(u"[1, 1, 4, 4]"_s), qPrintable(wrong.error().message));
        const auto right = (*model)->forward(m_input);
        VITRINE_VERIFY_OK(right);
        QVERIFY(maxDifference(*right, m_expected) < 1e-5F);
    }

    void anUnknownEngineNamesThoseThatThereAre()
    {
        const auto builder =
            m_engine->factory()->fromScript(fixture(u"models/perceptron_scripted.pt"_s), u"abacus"_s);
        QVERIFY(!builder.ok());
        QVERIFY(builder.error().message.contains(u"abacus"_s));
        for (const QString& engine : m_engine->quantizedEngines())
            QVERIFY(builder.error().message.contains(engine));
    }

    void aDescriptionCountsWeights_data()
    {
        QTest::addColumn<QString>("file");
        QTest::newRow("scripted") << u"perceptron_scripted.pt"_s;
        QTest::newRow("traced") << u"perceptron_traced.pt"_s;
        QTest::newRow("lite") << u"perceptron_lite_named_pt.pt"_s;
        QTest::newRow("float mobile-optimized") << u"perceptron_float_mobile.pth"_s;
    }

    void aDescriptionCountsWeights()
    {
        QFETCH(QString, file);
        const auto description = readScriptContents(fixture(u"models/"_s + file));
        VITRINE_VERIFY_OK(description);
        QCOMPARE(description->parameters, 3 * 8 * 8 * 16 + 16 + 16 * 5 + 5);
        QVERIFY(!description->operators.isEmpty());
        QCOMPARE(description->forward->arguments.size(), 1);
    }

private:
    static QStringList availableEngines()
    {
        const auto engine = EngineRegistry::installed().make(u"libtorch"_s);
        return engine ? (*engine)->quantizedEngines() : QStringList();
    }

    std::unique_ptr<Engine> m_engine;
    InputTensor m_input;
    std::vector<float> m_expected;
};

QTEST_GUILESS_MAIN(TestAnyScript)
#include "tst_any_script.moc"
