#include "core/base/literals.h"
#include "core/checkpoint/script_contents.h"
#include "tests/support/test_data.h"
#include "tests/torch/torch_test.h"

#include <QTemporaryDir>

#include <map>

using namespace vitrine;
using namespace vitrine::test;

/// All five variants of tiny random DeiTs, against logits from an independent implementation in Python
/// (tests/data/make_checkpoints.py).
class TestDeitVariants : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { makeTorch(m_engine); }

    void variantsAgreeWithTheReference_data()
    {
        QTest::addColumn<QString>("checkpoint");
        QTest::addColumn<QString>("reference");
        const auto row = [](const char* what, const QString& file, const QString& reference) {
            QTest::newRow(what) << file << reference;
        };
        row("timm names", u"timm_plain.safetensors"_s, u"timm_plain"_s);
        row("distilled, in a zip pickle", u"timm_distilled_zip.pth"_s, u"timm_distilled_zip"_s);
        row("Hugging Face names, epsilon and heads from config.json", u"hf_vit_plain/model.safetensors"_s,
            u"hf_vit_plain"_s);
        row("Hugging Face names, distilled", u"hf_deit_distilled.safetensors"_s, u"hf_deit_distilled"_s);
        row("two heads, half precision", u"timm_two_heads_f16.safetensors"_s, u"timm_two_heads_f16"_s);
        row("another image size", u"timm_image40.safetensors"_s, u"timm_image40"_s);
        row("half precision", u"timm_f16.safetensors"_s, u"timm_f16"_s);
        row("bfloat16", u"timm_bf16.safetensors"_s, u"timm_bf16"_s);
        row("double precision", u"timm_f64.safetensors"_s, u"timm_f64"_s);
        row("a legacy pickle", u"timm_legacy.pth"_s, u"timm_legacy"_s);
        row("strided tensors", u"timm_strided_zip.pth"_s, u"timm_strided_zip"_s);
    }

    void variantsAgreeWithTheReference()
    {
        QFETCH(QString, checkpoint);
        QFETCH(QString, reference);
        const auto weights = deit(checkpoint);
        VITRINE_VERIFY_OK(weights);
        const QString base = fixture(u"checkpoints/"_s + reference);
        const auto input =
            readInput(base + u".input.f32"_s, weights->config.channels, weights->config.imageSize);
        const auto expected = readFloats(base + u".logits.f32"_s);

        std::map<VariantKind, std::vector<float>> logits;
        const QTemporaryDir folder;
        auto builder = m_engine->factory()->fromDeit(*weights, {});
        VITRINE_VERIFY_OK(builder);
        for (const VariantKind kind : allKinds()) {
            const QString path = folder.filePath(kindName(kind));
            VITRINE_VERIFY_OK(writeFile(**builder, kind, path));
            const auto result = runFile(*m_engine, path, input);
            VITRINE_VERIFY_OK(result);
            logits[kind] = *result;
        }
        QVERIFY(maxDifference(logits[VariantKind::Original], expected) < 1e-5F);
        QVERIFY(maxDifference(logits[VariantKind::Scripted], expected) < 1e-5F);
        const auto& quantized = logits[VariantKind::Quantized];
        QVERIFY(maxDifference(quantized, expected) < 0.2F * spread(expected));
        QVERIFY(maxDifference(quantized, expected) > 0);
        QVERIFY(maxDifference(logits[VariantKind::MobileOptimized], quantized) < 1e-6F);
        QVERIFY(maxDifference(logits[VariantKind::Lite], quantized) < 1e-6F);
    }

    void theOriginalIsCanonical()
    {
        const auto weights = deit(u"hf_vit_plain/model.safetensors"_s);
        VITRINE_VERIFY_OK(weights);
        const QTemporaryDir folder;
        const QString path = folder.filePath(u"original.safetensors"_s);
        auto builder = m_engine->factory()->fromDeit(*weights, {});
        VITRINE_VERIFY_OK(builder);
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        VITRINE_VERIFY_OK((*builder)->write(VariantKind::Original, file));
        file.close();
        const auto checkpoint = readCheckpoint(path);
        VITRINE_VERIFY_OK(checkpoint);
        QVERIFY(checkpoint->find(u"blocks.0.attn.qkv.weight"_s));
        const auto again = readDeit(*checkpoint);
        VITRINE_VERIFY_OK(again);
        QCOMPARE(again->config, weights->config);
    }

    void theDescriptionOfEveryVariantCountsTheSameWeights()
    {
        const auto weights = deit(u"timm_distilled_zip.pth"_s);
        VITRINE_VERIFY_OK(weights);
        const QTemporaryDir folder;
        auto builder = m_engine->factory()->fromDeit(*weights, {});
        VITRINE_VERIFY_OK(builder);
        for (const VariantKind kind : allKinds()) {
            if (kind == VariantKind::Original)
                continue;
            const QString path = folder.filePath(kindName(kind));
            VITRINE_VERIFY_OK(writeFile(**builder, kind, path));
            const auto description = readScriptContents(path);
            VITRINE_VERIFY_OK(description);
            QCOMPARE(description->parameters, weights->parameterCount());
            const bool isFloat = kind == VariantKind::Scripted;
            QCOMPARE(description->operators.contains(u"quantized::linear_dynamic"_s), !isFloat);
        }
    }

    void aFullDiskIsAnError()
    {
        const auto weights = deit(u"timm_f16.safetensors"_s);
        VITRINE_VERIFY_OK(weights);
        auto builder = m_engine->factory()->fromDeit(*weights, {});
        VITRINE_VERIFY_OK(builder);
        for (const VariantKind kind : allKinds()) {
            const auto written = writeFile(**builder, kind, u"/dev/full"_s);
            QVERIFY(!written.ok());
            QVERIFY2(written.error().message.contains(u"disk is full"_s),
                     qPrintable(written.error().message));
        }
    }

private:
    static Result<DeitWeights> deit(const QString& name)
    {
        const auto checkpoint = readCheckpoint(fixture(u"checkpoints/"_s + name));
        if (!checkpoint)
            return checkpoint.failure();
        return readDeit(*checkpoint);
    }

    static float spread(const std::vector<float>& values)
    {
        const auto [low, high] = std::minmax_element(values.begin(), values.end());
        return *high - *low;
    }

    std::unique_ptr<Engine> m_engine;
};

QTEST_GUILESS_MAIN(TestDeitVariants)
#include "tst_deit_variants.moc"
