#include "core/base/literals.h"
#include "core/checkpoint/script_contents.h"
#include "core/engine/classification.h"
#include "tests/support/int8_reference.h"
#include "tests/support/test_data.h"
#include "tests/torch/torch_test.h"

#include <QDir>
#include <QTemporaryDir>

using namespace vitrine;
using namespace vitrine::test;

/// Python's own outputs on the real DeiT-Tiny: of our five variants, and of files that Python made.
/// At two threads, as the reference ran: float rounding depends on the number of threads, and qnnpack's
/// 8-bit activations turn one unit in the last place into a step of their own. The int8 logits are those of
/// LibTorch 1.13; with another one, our variants must give what Python's own quantized file gives in it
/// (int8_reference.h).
class TestReferenceModels : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        VITRINE_REQUIRE_REAL_DATA();
        makeTorch(m_engine);
        QVERIFY(m_engine);
        m_engine->setThreads(2);
    }

    void builtVariantsEqualTheReference_data()
    {
        QTest::addColumn<QString>("checkpoint");
        QTest::addColumn<QString>("engine");
        QTest::newRow("from the pickle, onednn") << u"deit_tiny_patch16_224.pth"_s << u"onednn"_s;
        QTest::newRow("from the pickle, qnnpack") << u"deit_tiny_patch16_224.pth"_s << u"qnnpack"_s;
        QTest::newRow("from safetensors, onednn") << u"deit_tiny_patch16_224.safetensors"_s << u"onednn"_s;
    }

    void builtVariantsEqualTheReference()
    {
        QFETCH(QString, checkpoint);
        QFETCH(QString, engine);
        if (!m_engine->quantizedEngines().contains(engine))
            QSKIP("this LibTorch has no such quantized engine");
        const auto tensors = readCheckpoint(realData(u"models/deit_tiny/"_s + checkpoint));
        VITRINE_VERIFY_OK(tensors);
        const auto weights = readDeit(*tensors);
        VITRINE_VERIFY_OK(weights);
        auto builder = m_engine->factory()->fromDeit(*weights, engine);
        VITRINE_VERIFY_OK(builder);
        const QTemporaryDir folder;
        for (const VariantKind kind : allKinds()) {
            const QString path = folder.filePath(kindName(kind));
            VITRINE_VERIFY_OK(writeFile(**builder, kind, path));
            const bool isFloat = kind == VariantKind::Original || kind == VariantKind::Scripted;
            checkAgainstReference(path, engine, isFloat ? u"scripted"_s : u"quantized_"_s + engine);
        }
    }

    void filesMadeByPythonGiveTheirLogits_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("engine");
        const QString prefix = u"fbdeit_tiny_"_s;
        QTest::newRow("scripted") << prefix + u"scripted.pt"_s << QString();
        for (const QString& engine : {u"onednn"_s, u"qnnpack"_s}) {
            const auto row = [&](const char* what, const QString& name) {
                QTest::addRow("%s, %s", what, qPrintable(engine)) << prefix + name.arg(engine) << engine;
            };
            row("quantized", u"scripted_quantized_%1.pt"_s);
            row("mobile-optimized", u"optimized_scripted_quantized_%1.pt"_s);
            row("lite", u"optimized_scripted_quantized_lite_%1.ptl"_s);
        }
    }

    void filesMadeByPythonGiveTheirLogits()
    {
        QFETCH(QString, file);
        QFETCH(QString, engine);
        if (!engine.isEmpty() && !m_engine->quantizedEngines().contains(engine))
            QSKIP("this LibTorch has no such quantized engine");
        checkAgainstReference(realData(u"models/reference_variants/"_s + file), engine,
                              engine.isEmpty() ? u"scripted"_s : u"quantized_"_s + engine);
    }

    void quantizedModelsOfPythonAreAsSureAsStated_data()
    {
        QTest::addColumn<QString>("engine");
        QTest::newRow("onednn") << u"onednn"_s;
        QTest::newRow("qnnpack") << u"qnnpack"_s;
    }

    void quantizedModelsOfPythonAreAsSureAsStated()
    {
        QFETCH(QString, engine);
        const auto stated = wolfUnderInt8(m_engine->version(), engine);
        if (!stated || !m_engine->quantizedEngines().contains(engine))
            QSKIP("nothing is stated for this version of LibTorch");
        const auto input = readInput(realData(u"expected/wolf.input.f32"_s), 3, 224);
        const auto logits = runFile(*m_engine, quantizedByPython(engine), input, engine);
        VITRINE_VERIFY_OK(logits);
        const ClassScore wolf = classify(*logits).top.front();
        QCOMPARE(wolf.index, 269);
        QCOMPARE(qRound(wolf.probability * 1e4F), qRound(*stated * 1e4));
    }

    void everyReferenceModelHasTheSameWeights()
    {
        const QDir folder(realData(u"models/reference_variants"_s));
        for (const QString& file : folder.entryList(QDir::Files)) {
            const auto description = readScriptContents(folder.filePath(file));
            VITRINE_VERIFY_OK(description);
            QCOMPARE(description->parameters, 5'717'416);
        }
    }

    void oddModelsSayWhatIsWrong_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("words");
        QTest::newRow("operators of 2019")
            << u"mobilenet_2019_incompatible_ops.pt"_s << u"Arguments for call are not valid"_s;
        QTest::newRow("an operator of torchvision") << u"d2go_unknown_operator.pt"_s << u"torchvision::nms"_s;
        QTest::newRow("fails in forward")
            << u"vit4mnist_lite_loads_then_fails_in_forward.ptl"_s << u"failed on an input of shape"_s;
        QTest::newRow("a model for text")
            << u"text_model_rejects_images.pt"_s << u"failed on an input of shape"_s;
        QTest::newRow("no forward") << u"no_forward_method.pt"_s << u"forward"_s;
        QTest::newRow("a tuple") << u"returns_tuple.pt"_s << u"returns_tuple.pt"_s;
        QTest::newRow("a pointer of Git LFS") << u"git_lfs_pointer.pt"_s << u"LFS"_s;
        QTest::newRow("not a zip archive") << u"not_a_zip_archive.pt"_s << u"not_a_zip_archive.pt"_s;
        QTest::newRow("a tensor alone") << u"bare_pickled_tensor.pt"_s << u"bare_pickled_tensor.pt"_s;
        QTest::newRow("a checkpoint of a ResNet")
            << u"resnet20_legacy_pickle_not_deit.th"_s << u"not a DeiT"_s;
    }

    void oddModelsSayWhatIsWrong()
    {
        QFETCH(QString, file);
        QFETCH(QString, words);
        const InputTensor input{3, 224, 224, std::vector<float>(3 * 224 * 224)};
        const auto logits = runFile(*m_engine, realData(u"models/odd/"_s + file), input);
        QVERIFY(!logits.ok());
        const Error& error = logits.error();
        QVERIFY2(error.message.contains(words), qPrintable(error.message));
        QVERIFY2(error.message.contains(file), qPrintable(error.message));
        QVERIFY2(!error.message.contains(u'\n') && error.message.size() < 500, qPrintable(error.message));
        QVERIFY2(!error.detail.contains(u"frame #"_s), qPrintable(error.detail));
    }

private:
    static QString quantizedByPython(const QString& engine)
    {
        return realData(u"models/reference_variants/fbdeit_tiny_scripted_quantized_%1.pt"_s.arg(engine));
    }

    std::vector<float> expectedLogits(const QString& file, const QString& engine, const InputTensor& input)
    {
        if (m_engine->version().startsWith(u"1.13."_s) || file.endsWith(u".scripted.f32"_s))
            return readFloats(file);
        const auto logits = runFile(*m_engine, quantizedByPython(engine), input, engine);
        return logits ? *logits : std::vector<float>();
    }

    void checkAgainstReference(const QString& path, const QString& engine, const QString& reference)
    {
        const QDir expected(realData(u"expected"_s));
        const QString suffix = u".logits.%1.f32"_s.arg(reference);
        const QStringList files = expected.entryList({u'*' + suffix}, QDir::Files);
        QVERIFY(files.size() >= 7);
        const auto variant = readVariant(path);
        VITRINE_VERIFY_OK(variant);
        auto model = m_engine->load(*variant, engine);
        VITRINE_VERIFY_OK(model);
        for (const QString& file : files) {
            const QString image = file.chopped(suffix.size());
            const auto input = readInput(expected.filePath(image + u".input.f32"_s), 3, 224);
            const auto logits = (*model)->forward(input);
            VITRINE_VERIFY_OK(logits);
            const float difference =
                maxDifference(*logits, expectedLogits(expected.filePath(file), engine, input));
            QVERIFY2(difference <= 1e-3F, qPrintable(u"%1 %2: %3"_s.arg(path, image).arg(difference)));
        }
    }

    std::unique_ptr<Engine> m_engine;
};

QTEST_GUILESS_MAIN(TestReferenceModels)
#include "tst_reference_models.moc"
