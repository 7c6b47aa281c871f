#include "tests/support/test_data.h"
#include "tests/torch/torch_test.h"

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
        auto backend = loadTorchBackend();
        VITRINE_VERIFY_OK(backend);
        m_backend = std::move(*backend);
        m_input = readInput(fixture(QStringLiteral("models/image.input.f32")), 3, 8);
        m_expected = readFloats(fixture(QStringLiteral("models/perceptron.logits.f32")));
    }

    void aFileGivesItsLogits_data()
    {
        QTest::addColumn<QString>("file");
        QTest::newRow("scripted") << QStringLiteral("perceptron_scripted.pt");
        QTest::newRow("traced") << QStringLiteral("perceptron_traced.pt");
        QTest::newRow("a lite file under the ending of a script")
            << QStringLiteral("perceptron_lite_named_pt.pt");
        QTest::newRow("a float mobile-optimized script under .pth")
            << QStringLiteral("perceptron_float_mobile.pth");
    }

    void aFileGivesItsLogits()
    {
        QFETCH(QString, file);
        const auto logits = runFile(*m_backend, fixture(QStringLiteral("models/") + file), m_input);
        VITRINE_VERIFY_OK(logits);
        QVERIFY(maxDifference(*logits, m_expected) < 1e-5F);
    }

    void aScriptBecomesVariants_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("engine");
        for (const QString& engine : availableEngines()) {
            QTest::addRow("scripted, %s", qPrintable(engine))
                << QStringLiteral("perceptron_scripted.pt") << engine;
            QTest::addRow("traced, %s", qPrintable(engine))
                << QStringLiteral("perceptron_traced.pt") << engine;
        }
    }

    void aScriptBecomesVariants()
    {
        QFETCH(QString, file);
        QFETCH(QString, engine);
        const QTemporaryDir folder;
        auto builder = m_backend->buildFromScript(fixture(QStringLiteral("models/") + file), engine);
        VITRINE_VERIFY_OK(builder);
        std::vector<float> quantized;
        for (const VariantKind kind :
             {VariantKind::Quantized, VariantKind::MobileOptimized, VariantKind::Lite}) {
            const QString path = folder.filePath(kindName(kind));
            VITRINE_VERIFY_OK((*builder)->write(kind, path));
            const auto identity = identify(path);
            VITRINE_VERIFY_OK(identity);
            QCOMPARE(identity->kind, kind);
            QVERIFY(identity->isQuantized);
            const auto logits = runFile(*m_backend, path, m_input, {engine, {}});
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
        const QTemporaryDir folder;
        auto builder =
            m_backend->buildFromScript(fixture(QStringLiteral("models/convolution_without_linear.pt")), {});
        VITRINE_VERIFY_OK(builder);
        const auto written =
            (*builder)->write(VariantKind::Quantized, folder.filePath(QStringLiteral("q.pt")));
        QVERIFY(!written.ok());
        QVERIFY(written.error().message.contains(QStringLiteral("no Linear layer")));
    }

    void aScriptHasNoOriginal()
    {
        const QTemporaryDir folder;
        auto builder =
            m_backend->buildFromScript(fixture(QStringLiteral("models/perceptron_scripted.pt")), {});
        VITRINE_VERIFY_OK(builder);
        QVERIFY(!(*builder)->write(VariantKind::Original, folder.filePath(QStringLiteral("o"))).ok());
    }

    void anUnusableModelSaysWhy_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("words");
        QTest::newRow("a pair of tensors") << QStringLiteral("returns_pair.pt") << QStringLiteral("Tuple");
        QTest::newRow("a feature map")
            << QStringLiteral("returns_feature_map.pt") << QStringLiteral("[1, 3, 8, 8]");
        QTest::newRow("no forward") << QStringLiteral("no_forward.pt") << QStringLiteral("forward");
    }

    void anUnusableModelSaysWhy()
    {
        QFETCH(QString, file);
        QFETCH(QString, words);
        const auto logits = runFile(*m_backend, fixture(QStringLiteral("models/") + file), m_input);
        QVERIFY(!logits.ok());
        QVERIFY2(logits.error().message.contains(words), qPrintable(logits.error().message));
        QVERIFY(logits.error().message.contains(file));
    }

    void aWrongInputIsAnErrorAndTheModelStaysUsable()
    {
        const auto variant = readVariant(fixture(QStringLiteral("models/perceptron_scripted.pt")));
        VITRINE_VERIFY_OK(variant);
        auto model = m_backend->load(*variant, {});
        VITRINE_VERIFY_OK(model);
        const auto wrong = (*model)->forward({1, 4, 4, std::vector<float>(16)});
        QVERIFY(!wrong.ok());
        QVERIFY2(wrong.error().message.contains(QStringLiteral("[1, 1, 4, 4]")),
                 qPrintable(wrong.error().message));
        const auto right = (*model)->forward(m_input);
        VITRINE_VERIFY_OK(right);
        QVERIFY(maxDifference(*right, m_expected) < 1e-5F);
    }

    void anUnknownEngineNamesThoseThatThereAre()
    {
        const auto builder = m_backend->buildFromScript(
            fixture(QStringLiteral("models/perceptron_scripted.pt")), QStringLiteral("abacus"));
        QVERIFY(!builder.ok());
        QVERIFY(builder.error().message.contains(QStringLiteral("abacus")));
        for (const QString& engine : m_backend->quantizedEngines())
            QVERIFY(builder.error().message.contains(engine));
    }

    void aDescriptionCountsWeights_data()
    {
        QTest::addColumn<QString>("file");
        QTest::newRow("scripted") << QStringLiteral("perceptron_scripted.pt");
        QTest::newRow("traced") << QStringLiteral("perceptron_traced.pt");
        QTest::newRow("lite") << QStringLiteral("perceptron_lite_named_pt.pt");
        QTest::newRow("float mobile-optimized") << QStringLiteral("perceptron_float_mobile.pth");
    }

    void aDescriptionCountsWeights()
    {
        QFETCH(QString, file);
        const auto description = m_backend->describe(fixture(QStringLiteral("models/") + file));
        VITRINE_VERIFY_OK(description);
        QCOMPARE(description->parameters, 3 * 8 * 8 * 16 + 16 + 16 * 5 + 5);
        QVERIFY(!description->operators.isEmpty());
        QVERIFY(description->inputSignature.contains(QStringLiteral("forward")));
    }

private:
    static QStringList availableEngines()
    {
        const auto backend = loadTorchBackend();
        return backend ? (*backend)->quantizedEngines() : QStringList();
    }

    std::unique_ptr<EngineBackend> m_backend;
    InputTensor m_input;
    std::vector<float> m_expected;
};

QTEST_GUILESS_MAIN(TestAnyScript)
#include "tst_any_script.moc"
