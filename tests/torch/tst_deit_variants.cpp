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
    void initTestCase()
    {
        auto backend = loadTorchBackend();
        VITRINE_VERIFY_OK(backend);
        m_backend = std::move(*backend);
    }

    void variantsAgreeWithTheReference_data()
    {
        QTest::addColumn<QString>("checkpoint");
        QTest::addColumn<QString>("reference");
        const auto row = [](const char* what, const QString& file, const QString& reference) {
            QTest::newRow(what) << file << reference;
        };
        row("timm names", QStringLiteral("timm_plain.safetensors"), QStringLiteral("timm_plain"));
        row("distilled, in a zip pickle", QStringLiteral("timm_distilled_zip.pth"),
            QStringLiteral("timm_distilled_zip"));
        row("Hugging Face names, epsilon and heads from config.json",
            QStringLiteral("hf_vit_plain/model.safetensors"), QStringLiteral("hf_vit_plain"));
        row("Hugging Face names, distilled", QStringLiteral("hf_deit_distilled.safetensors"),
            QStringLiteral("hf_deit_distilled"));
        row("two heads, half precision", QStringLiteral("timm_two_heads_f16.safetensors"),
            QStringLiteral("timm_two_heads_f16"));
        row("another image size", QStringLiteral("timm_image40.safetensors"), QStringLiteral("timm_image40"));
        row("half precision", QStringLiteral("timm_f16.safetensors"), QStringLiteral("timm_f16"));
        row("bfloat16", QStringLiteral("timm_bf16.safetensors"), QStringLiteral("timm_bf16"));
        row("double precision", QStringLiteral("timm_f64.safetensors"), QStringLiteral("timm_f64"));
        row("a legacy pickle", QStringLiteral("timm_legacy.pth"), QStringLiteral("timm_legacy"));
        row("strided tensors", QStringLiteral("timm_strided_zip.pth"), QStringLiteral("timm_strided_zip"));
    }

    void variantsAgreeWithTheReference()
    {
        QFETCH(QString, checkpoint);
        QFETCH(QString, reference);
        const auto weights = deit(checkpoint);
        VITRINE_VERIFY_OK(weights);
        const QString base = fixture(QStringLiteral("checkpoints/") + reference);
        const auto input = readInput(base + QStringLiteral(".input.f32"), weights->config.channels,
                                     weights->config.imageSize);
        const auto expected = readFloats(base + QStringLiteral(".logits.f32"));

        std::map<VariantKind, std::vector<float>> logits;
        const QTemporaryDir folder;
        auto builder = m_backend->buildFromDeit(*weights, {});
        VITRINE_VERIFY_OK(builder);
        for (const VariantKind kind : allVariantKinds) {
            const QString path = folder.filePath(kindName(kind));
            VITRINE_VERIFY_OK((*builder)->write(kind, path));
            const auto result = runFile(*m_backend, path, input);
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
        const auto weights = deit(QStringLiteral("hf_vit_plain/model.safetensors"));
        VITRINE_VERIFY_OK(weights);
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("original.safetensors"));
        auto builder = m_backend->buildFromDeit(*weights, {});
        VITRINE_VERIFY_OK(builder);
        VITRINE_VERIFY_OK((*builder)->write(VariantKind::Original, path));
        const auto checkpoint = readCheckpoint(path);
        VITRINE_VERIFY_OK(checkpoint);
        QVERIFY(checkpoint->find(QStringLiteral("blocks.0.attn.qkv.weight")));
        const auto again = readDeit(*checkpoint);
        VITRINE_VERIFY_OK(again);
        QCOMPARE(again->config, weights->config);
    }

    void theDescriptionOfEveryVariantCountsTheSameWeights()
    {
        const auto weights = deit(QStringLiteral("timm_distilled_zip.pth"));
        VITRINE_VERIFY_OK(weights);
        const QTemporaryDir folder;
        auto builder = m_backend->buildFromDeit(*weights, {});
        VITRINE_VERIFY_OK(builder);
        for (const VariantKind kind : allVariantKinds) {
            if (kind == VariantKind::Original)
                continue;
            const QString path = folder.filePath(kindName(kind));
            VITRINE_VERIFY_OK((*builder)->write(kind, path));
            const auto description = m_backend->describe(path);
            VITRINE_VERIFY_OK(description);
            QCOMPARE(description->parameters, weights->parameterCount());
            const bool isFloat = kind == VariantKind::Scripted;
            QCOMPARE(description->operators.contains(QStringLiteral("quantized::linear_dynamic")), !isFloat);
        }
    }

    void aFolderThatIsNotThereIsAnError()
    {
        const auto weights = deit(QStringLiteral("timm_f16.safetensors"));
        VITRINE_VERIFY_OK(weights);
        auto builder = m_backend->buildFromDeit(*weights, {});
        VITRINE_VERIFY_OK(builder);
        for (const VariantKind kind : allVariantKinds) {
            const auto written = (*builder)->write(kind, QStringLiteral("/nowhere/at/all/") + kindName(kind));
            QVERIFY(!written.ok());
            QVERIFY(!written.error().message.isEmpty());
        }
    }

    void aFullDiskIsAnError()
    {
        const auto weights = deit(QStringLiteral("timm_f16.safetensors"));
        VITRINE_VERIFY_OK(weights);
        auto builder = m_backend->buildFromDeit(*weights, {});
        VITRINE_VERIFY_OK(builder);
        for (const VariantKind kind : allVariantKinds) {
            const auto written = (*builder)->write(kind, QStringLiteral("/dev/full"));
            QVERIFY(!written.ok());
            QVERIFY2(written.error().message.contains(QStringLiteral("disk is full")),
                     qPrintable(written.error().message));
        }
    }

private:
    static Result<DeitWeights> deit(const QString& name)
    {
        const auto checkpoint = readCheckpoint(fixture(QStringLiteral("checkpoints/") + name));
        if (!checkpoint)
            return checkpoint.failure();
        return readDeit(*checkpoint);
    }

    static float spread(const std::vector<float>& values)
    {
        const auto [low, high] = std::minmax_element(values.begin(), values.end());
        return *high - *low;
    }

    std::unique_ptr<EngineBackend> m_backend;
};

QTEST_GUILESS_MAIN(TestDeitVariants)
#include "tst_deit_variants.moc"
