#include "core/engine/classification.h"
#include "tests/support/test_data.h"
#include "tests/torch/torch_test.h"

#include <QDir>
#include <QTemporaryDir>

using namespace vitrine;
using namespace vitrine::test;

/// Python's own outputs on the real DeiT-Tiny: of our five variants, and of files that Python made.
/// At two threads, as the reference ran: float rounding depends on the number of threads, and qnnpack's
/// 8-bit activations turn one unit in the last place into a step of their own.
class TestReferenceModels : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        VITRINE_REQUIRE_REAL_DATA();
        auto backend = loadTorchBackend();
        VITRINE_VERIFY_OK(backend);
        m_backend = std::move(*backend);
        m_backend->setThreads(2);
    }

    void builtVariantsEqualTheReference_data()
    {
        QTest::addColumn<QString>("checkpoint");
        QTest::addColumn<QString>("engine");
        QTest::newRow("from the pickle, onednn")
            << QStringLiteral("deit_tiny_patch16_224.pth") << QStringLiteral("onednn");
        QTest::newRow("from the pickle, qnnpack")
            << QStringLiteral("deit_tiny_patch16_224.pth") << QStringLiteral("qnnpack");
        QTest::newRow("from safetensors, onednn")
            << QStringLiteral("deit_tiny_patch16_224.safetensors") << QStringLiteral("onednn");
    }

    void builtVariantsEqualTheReference()
    {
        QFETCH(QString, checkpoint);
        QFETCH(QString, engine);
        if (!m_backend->quantizedEngines().contains(engine))
            QSKIP("this LibTorch has no such quantized engine");
        const auto tensors = readCheckpoint(realData(QStringLiteral("models/deit_tiny/") + checkpoint));
        VITRINE_VERIFY_OK(tensors);
        const auto weights = readDeit(*tensors);
        VITRINE_VERIFY_OK(weights);
        auto builder = m_backend->buildFromDeit(*weights, engine);
        VITRINE_VERIFY_OK(builder);
        const QTemporaryDir folder;
        for (const VariantKind kind : allVariantKinds) {
            const QString path = folder.filePath(kindName(kind));
            VITRINE_VERIFY_OK((*builder)->write(kind, path));
            const bool isFloat = kind == VariantKind::Original || kind == VariantKind::Scripted;
            checkAgainstReference(
                path, engine, isFloat ? QStringLiteral("scripted") : QStringLiteral("quantized_") + engine);
        }
    }

    void filesMadeByPythonGiveTheirLogits_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("engine");
        const QString prefix = QStringLiteral("fbdeit_tiny_");
        QTest::newRow("scripted") << prefix + QStringLiteral("scripted.pt") << QString();
        for (const QString& engine : {QStringLiteral("onednn"), QStringLiteral("qnnpack")}) {
            const auto row = [&](const char* what, const QString& name) {
                QTest::addRow("%s, %s", what, qPrintable(engine)) << prefix + name.arg(engine) << engine;
            };
            row("quantized", QStringLiteral("scripted_quantized_%1.pt"));
            row("mobile-optimized", QStringLiteral("optimized_scripted_quantized_%1.pt"));
            row("lite", QStringLiteral("optimized_scripted_quantized_lite_%1.ptl"));
        }
    }

    void filesMadeByPythonGiveTheirLogits()
    {
        QFETCH(QString, file);
        QFETCH(QString, engine);
        if (!engine.isEmpty() && !m_backend->quantizedEngines().contains(engine))
            QSKIP("this LibTorch has no such quantized engine");
        checkAgainstReference(realData(QStringLiteral("models/reference_variants/") + file), engine,
                              engine.isEmpty() ? QStringLiteral("scripted")
                                               : QStringLiteral("quantized_") + engine);
    }

    void everyReferenceModelHasTheSameWeights()
    {
        const QDir folder(realData(QStringLiteral("models/reference_variants")));
        for (const QString& file : folder.entryList(QDir::Files)) {
            const auto description = m_backend->describe(folder.filePath(file));
            VITRINE_VERIFY_OK(description);
            QCOMPARE(description->parameters, 5'717'416);
        }
    }

    void oddModelsSayWhatIsWrong_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("words");
        QTest::newRow("operators of 2019") << QStringLiteral("mobilenet_2019_incompatible_ops.pt")
                                           << QStringLiteral("Arguments for call are not valid");
        QTest::newRow("an operator of torchvision")
            << QStringLiteral("d2go_unknown_operator.pt") << QStringLiteral("torchvision::nms");
        QTest::newRow("fails in forward") << QStringLiteral("vit4mnist_lite_loads_then_fails_in_forward.ptl")
                                          << QStringLiteral("failed on an input of shape");
        QTest::newRow("a model for text") << QStringLiteral("text_model_rejects_images.pt")
                                          << QStringLiteral("failed on an input of shape");
        QTest::newRow("no forward") << QStringLiteral("no_forward_method.pt") << QStringLiteral("forward");
        QTest::newRow("a tuple") << QStringLiteral("returns_tuple.pt") << QStringLiteral("returns_tuple.pt");
        QTest::newRow("a pointer of Git LFS")
            << QStringLiteral("git_lfs_pointer.pt") << QStringLiteral("LFS");
        QTest::newRow("not a zip archive")
            << QStringLiteral("not_a_zip_archive.pt") << QStringLiteral("not_a_zip_archive.pt");
        QTest::newRow("a tensor alone")
            << QStringLiteral("bare_pickled_tensor.pt") << QStringLiteral("bare_pickled_tensor.pt");
        QTest::newRow("a checkpoint of a ResNet")
            << QStringLiteral("resnet20_legacy_pickle_not_deit.th") << QStringLiteral("not a DeiT");
    }

    void oddModelsSayWhatIsWrong()
    {
        QFETCH(QString, file);
        QFETCH(QString, words);
        const InputTensor input{3, 224, 224, std::vector<float>(3 * 224 * 224)};
        const auto logits = runFile(*m_backend, realData(QStringLiteral("models/odd/") + file), input);
        QVERIFY(!logits.ok());
        const Error& error = logits.error();
        QVERIFY2(error.message.contains(words), qPrintable(error.message));
        QVERIFY2(error.message.contains(file), qPrintable(error.message));
        QVERIFY2(!error.message.contains(u'\n') && error.message.size() < 500, qPrintable(error.message));
        QVERIFY2(!error.detail.contains(QStringLiteral("frame #")), qPrintable(error.detail));
    }

private:
    void checkAgainstReference(const QString& path, const QString& engine, const QString& reference)
    {
        const QDir expected(realData(QStringLiteral("expected")));
        const QString suffix = QStringLiteral(".logits.%1.f32").arg(reference);
        const QStringList files = expected.entryList({u'*' + suffix}, QDir::Files);
        QVERIFY(files.size() >= 7);
        const auto variant = readVariant(path);
        VITRINE_VERIFY_OK(variant);
        auto model = m_backend->load(*variant, {engine, {}});
        VITRINE_VERIFY_OK(model);
        for (const QString& file : files) {
            const QString image = file.chopped(suffix.size());
            const auto input = readInput(expected.filePath(image + QStringLiteral(".input.f32")), 3, 224);
            const auto logits = (*model)->forward(input);
            VITRINE_VERIFY_OK(logits);
            const float difference = maxDifference(*logits, readFloats(expected.filePath(file)));
            QVERIFY2(difference <= 1e-3F,
                     qPrintable(QStringLiteral("%1 %2: %3").arg(path, image).arg(difference)));
        }
    }

    std::unique_ptr<EngineBackend> m_backend;
};

QTEST_GUILESS_MAIN(TestReferenceModels)
#include "tst_reference_models.moc"
