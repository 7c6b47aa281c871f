#include "core/base/literals.h"
#include "core/engine/classification.h"
#include "core/engine/own_input.h"
#include "tests/support/files.h"
#include "tests/support/test_data.h"
#include "tests/torch/torch_test.h"

#include <torch/script.h>

#include <QTemporaryDir>

#include <numeric>

using namespace vitrine;
using namespace vitrine::test;

namespace {

constexpr auto scores = "    s = torch.conv2d(x, self.w).mean([2, 3])\n";

/// One picture whose three channels are 1, 2 and 0 throughout.
InputTensor picture(int size)
{
    InputTensor input{3, size, size, {}};
    for (const float value : {1.0F, 2.0F, 0.0F})
        input.values.insert(input.values.end(), std::size_t(size) * std::size_t(size), value);
    return input;
}

at::Tensor identity()
{
    return at::eye(3).reshape({3, 3, 1, 1});
}

} // namespace

/// TorchScript that answers, or wants to be fed, in other ways than [1, 3, S, S] -> [1, classes]: made here,
/// and real files.
class TestModelAnswers : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { makeTorch(m_engine); }

    void theRowIsFound_data()
    {
        QTest::addColumn<QByteArray>("type");
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<QString>("notice");
        const auto row = [](const char* what, const char* type, const char* answer, const QString& notice) {
            QTest::newRow(what) << QByteArray(type) << QByteArray(answer) << notice;
        };
        row("a row", "Tensor", "s", {});
        row("one dimension", "Tensor", "s[0]", {});
        row("[1, N, 1, 1]", "Tensor", "s.reshape([1, 3, 1, 1])", u"[1, 3, 1, 1]"_s);
        row("a tuple of one", "Tuple[Tensor]", "(s,)", u"\"1\" of the tuple"_s);
        row("a list of one", "List[Tensor]", "[s]", u"\"1\""_s);
        row("a dictionary with logits", "Dict[str, Tensor]", "{'features': s + 1, 'logits': s}",
            u"\"logits\""_s);
        row("a dictionary of which one fits", "Dict[str, Tensor]", "{'map': x, 'out': s}", u"\"out\""_s);
        row("a pair of which one fits", "Tuple[Tensor, Tensor]", "(x, s)", u"\"2\""_s);
    }

    void theRowIsFound()
    {
        QFETCH(QByteArray, type);
        QFETCH(QByteArray, answer);
        QFETCH(QString, notice);
        const QByteArray source =
            "def forward(self, x: Tensor) -> " + type + ":\n" + scores + "    return " + answer;
        for (const bool lite : {false, true}) {
            auto model = load(save(source, identity(), lite));
            VITRINE_VERIFY_OK(model);
            checkScoresOf(**model, picture(8));
            QCOMPARE((*model)->notices().size(), notice.isEmpty() ? 0 : 1);
            QVERIFY2((*model)->notices().join(u' ').contains(notice),
                     qPrintable((*model)->notices().join(u' ')));
        }
    }

    void otherNumbersAreRefused_data()
    {
        QTest::addColumn<QByteArray>("type");
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<QString>("words");
        const auto row = [](const char* what, const char* type, const char* answer, const QString& words) {
            QTest::newRow(what) << QByteArray(type) << QByteArray(answer) << words;
        };
        row("argmax", "Tensor", "s.argmax(1)", u"one whole number, 1"_s);
        row("argmax as a number", "int", "int(s.argmax(1))", u"one whole number, 1"_s);
        row("complex", "Tensor", "torch.complex(s, s)", u"complex numbers"_s);
        row("two rows in a tuple", "Tuple[Tensor, Tensor]", "(s, s)", u"a tuple of [1, 3], [1, 3]"_s);
        row("a feature map", "Tensor", "x", u"[1, 3, 8, 8]"_s);
    }

    void otherNumbersAreRefused()
    {
        QFETCH(QByteArray, type);
        QFETCH(QByteArray, answer);
        QFETCH(QString, words);
        refuse("def forward(self, x: Tensor) -> " + type + ":\n" + scores + "    return " + answer, words);
    }

    void aModelIsFedAsItWants_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<int>("type");
        QTest::addColumn<QString>("notice");
        const auto row = [](const char* what, const char* body, at::ScalarType type, const QString& notice) {
            QTest::newRow(what) << QByteArray(body) << int(type) << notice;
        };
        row("half precision", "torch.conv2d(x, self.w).mean([2, 3])", at::kHalf, u"half precision"_s);
        row("bfloat16", "torch.conv2d(x, self.w).mean([2, 3])", at::kBFloat16, u"BFloat16"_s);
        row("double", "torch.conv2d(x, self.w).mean([2, 3])", at::kDouble, u"Double"_s);
        row("channels last", "torch.conv2d(x.permute([0, 3, 1, 2]), self.w).mean([2, 3])", at::kFloat,
            u"NHWC"_s);
        row("a batch of eight", "torch.conv2d(x.view([8, 3, 8, 8]), self.w).mean([2, 3])", at::kFloat,
            u"fixed at 8"_s);
        row("joined with a batch of eight",
            "torch.conv2d(torch.cat([x.view([-1, 192]), torch.zeros([8, 3])], 1)[:, :192].view([8, 3, 8, "
            "8]), "
            "self.w).mean([2, 3])",
            at::kFloat, u"fixed at 8"_s);
        row("a batch of eight, channels last",
            "torch.conv2d(x.permute([0, 3, 1, 2]), self.w).reshape([8, 192]).view([8, 3, 64]).mean([2])",
            at::kFloat, u"fixed at 8"_s);
    }

    void aModelIsFedAsItWants()
    {
        QFETCH(QByteArray, body);
        QFETCH(int, type);
        QFETCH(QString, notice);
        auto model = load(save("def forward(self, x: Tensor) -> Tensor:\n    return " + body,
                               identity().to(at::ScalarType(type))));
        VITRINE_VERIFY_OK(model);
        checkScoresOf(**model, picture(8));
        checkScoresOf(**model, picture(8));
        const QString notices = (*model)->notices().join(u' ');
        QVERIFY2(notices.contains(notice, Qt::CaseInsensitive), qPrintable(notices));
    }

    void aWrongSizeIsNamed_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::newRow("several rows") << QByteArray("torch.conv2d(x, self.w).view([-1, 192])");
        QTest::newRow("a shape that does not fit") << QByteArray("torch.conv2d(x, self.w).view([1, 192])");
        QTest::newRow("a product that does not fit")
            << QByteArray("torch.conv2d(x, self.w).flatten(1).matmul(torch.ones([192, 5]))");
        QTest::newRow("a sum that does not fit")
            << QByteArray("(torch.conv2d(x, self.w).flatten(2) + torch.ones([1, 3, 64])).mean([2])");
    }

    void aWrongSizeIsNamed()
    {
        QFETCH(QByteArray, body);
        refuse("def forward(self, x: Tensor) -> Tensor:\n    return " + body,
               u"--preprocess size=8,resize=8"_s, 16);
    }

    void aRefusalSaysWhy_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("words");
        QTest::newRow("its own exception")
            << QByteArray("    assert x.dim() == 3, 'no cats, please'\n    return x")
            << u"its own code says \"no cats, please\"."_s;
        QTest::newRow("its own exception in LibTorch's words")
            << QByteArray("    assert x.dim() == 3, 'INTERNAL ASSERT: std::bad_alloc'\n    return x")
            << u"its own code says \"INTERNAL ASSERT: std::bad_alloc\"."_s;
        QTest::newRow("its own exception without words")
            << QByteArray("    assert x.dim() == 3, ''\n    return x") << u"its own code gave up"_s;
        QTest::newRow("what LibTorch alone understands")
            << QByteArray("    return torch.ones([int(x.item())])")
            << u"LibTorch refuses it, in words of its own"_s;
        QTest::newRow("more memory than there is")
            << QByteArray("    return torch.ones([1000000, 1000000, 100])")
            << u"there is not enough memory."_s;
        QTest::newRow("a device that is baked in")
            << QByteArray("    return x.mean([2, 3]) + torch.zeros([1], device=torch.device('cuda:0'))")
            << u"traced on a GPU"_s;
        const QString uint8 = u"wants pixels as whole numbers (uint8)"_s;
        QTest::newRow("pixels that meet whole numbers")
            << QByteArray("    return torch.mm(x.flatten(1), torch.ones([192, 3], dtype=0))") << uint8;
        QTest::newRow("pixels as bits") << QByteArray("    return torch.bitwise_and(x, 127)") << uint8;
        QTest::newRow("pixels that look something up")
            << QByteArray("    return torch.ones([256, 3])[x[0, 0]]") << uint8;
        QTest::newRow("four channels") << QByteArray("    return torch.conv2d(x, torch.ones([6, 4, 1, 1]))")
                                       << u"wants 4 channels and is given 3"_s;
        QTest::newRow("one channel") << QByteArray("    return torch.conv2d(x, torch.ones([6, 1, 1, 1]))")
                                     << u"--preprocess channels=1"_s;
    }

    void aRefusalSaysWhy()
    {
        QFETCH(QByteArray, body);
        QFETCH(QString, words);
        for (const bool lite : {false, true})
            refuse("def forward(self, x: Tensor) -> Tensor:\n" + body, words, 8, lite);
    }

    void damageIsToldInPlainWords_data()
    {
        QTest::addColumn<QByteArray>("part");
        QTest::addColumn<QByteArray>("before");
        QTest::addColumn<QByteArray>("after");
        QTest::addColumn<QString>("words");
        const auto row = [](const char* what, const QByteArray& part, const QByteArray& before,
                            const QByteArray& after, const QString& words) {
            QTest::newRow(what) << part << before << after << words;
        };
        row("code that is none", ".py", "return", "retu\x01n",
            u"LibTorch refuses it, in words of its own (see the details)"_s);
        row("an operator of nobody", ".py", "torch.mean", "ops.cats.purr",
            u"needs the operator cats::purr"_s);
        row("a type of nobody", ".py", "-> Tensor", "-> Tenswr",
            u"LibTorch refuses it, in words of its own (see the details)"_s);
        row("a part that is missing", "constants.pkl", {}, {}, u"its part constants.pkl is missing; copy"_s);
    }

    /// The checksums are right: so the damage is LibTorch's to find.
    void damageIsToldInPlainWords()
    {
        QFETCH(QByteArray, part);
        QFETCH(QByteArray, before);
        QFETCH(QByteArray, after);
        QFETCH(QString, words);
        const QString whole =
            save("def forward(self, x: Tensor) -> Tensor:\n    return torch.mean(x, [2, 3])");
        const auto model =
            load(editZip(whole, m_folder.filePath(u"damaged.pt"_s),
                         [&](const QString& name, QByteArray content) -> std::optional<QByteArray> {
                             if (!name.toUtf8().endsWith(part))
                                 return content;
                             return before.isEmpty() ? std::nullopt
                                                     : std::optional(content.replace(before, after));
                         }));
        QVERIFY(!model.ok());
        QVERIFY2(model.error().message.startsWith(u"damaged.pt could not be loaded: "_s) &&
                     model.error().message.contains(words),
                 qPrintable(failureText(model)));
        QVERIFY(!model.error().detail.isEmpty());
    }

    void weightsBeyondTheFileAreRefused()
    {
        at::Tensor weight = identity();
        const std::vector<std::int64_t> sizes{3, 3, 1, 100};
        const std::vector<std::int64_t> strides{3, 1, 1, 1};
        weight.unsafeGetTensorImpl()->set_sizes_and_strides(at::IntArrayRef(sizes), at::IntArrayRef(strides));
        const auto model = load(save("def forward(self, x: Tensor) -> Tensor:\n    return x", weight));
        QVERIFY(!model.ok());
        QVERIFY2(model.error().message.contains(u": w reaches beyond"_s), qPrintable(failureText(model)));
    }

    void aModelSpoilsItsOwnInputAlone()
    {
        auto model =
            load(save("def forward(self, x: Tensor) -> Tensor:\n    return x.mul_(0.5).mean([2, 3])"));
        VITRINE_VERIFY_OK(model);
        const auto shared = std::make_shared<const InputTensor>(picture(8));
        OwnInput own(shared);
        for (int i = 0; i < 3; ++i) {
            const auto row = (*model)->forward(own.tensor());
            VITRINE_VERIFY_OK(row);
            QVERIFY(maxDifference(*row, {0.5F, 1.0F, 0.0F}) < 1e-6F);
            QVERIFY(own.restore());
        }
        QCOMPARE(shared->values, picture(8).values);
    }

    void realFilesAnswer_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("kind");
        for (const char* name : {"t_softmax_inside.pt", "t_tuple1.pt", "t_namedtuple.pt", "t_dict.pt",
                                 "t_lite_tuple.ptl", "t_nhwc.pt", "t_batch8.pt"})
            QTest::newRow(name) << QString::fromLatin1(name)
                                << (name[2] == 's' ? u"probabilities"_s : u"logits"_s);
    }

    void realFilesAnswer()
    {
        VITRINE_REQUIRE_REAL_DATA();
        QFETCH(QString, file);
        QFETCH(QString, kind);
        const auto row = runFile(*m_engine, realData(u"found/"_s + file), wolf());
        VITRINE_VERIFY_OK(row);
        const Classification said = classify(*row);
        QCOMPARE(scoreKindName(said.kind), kind);
        QCOMPARE(said.top.front().index, 9);
        QVERIFY(std::abs(said.top.front().probability - 0.7508F) < 0.002F);
    }

    void realFilesOfOtherPrecisionsRun()
    {
        VITRINE_REQUIRE_REAL_DATA();
        for (const char* file : {"t_half.pt", "t_double.pt"})
            VITRINE_VERIFY_OK(runFile(*m_engine, realData(u"found/"_s + QLatin1String(file)), wolf()));
    }

    void realFilesAreRefusedInPlainWords_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("words");
        const auto row = [](const char* file, const QString& words) {
            QTest::newRow(file) << QString::fromLatin1(file) << words;
        };
        row("t_argmax.pt", u"one whole number, 9"_s);
        row("t_cuda_constant.pt", u"traced on a GPU"_s);
        row("t_optimize_for_inference.pt", u"optimize_for_inference"_s);
        row("t_version11.pt", u"newer PyTorch"_s);
        row("t_vit32_traced.pt", u"size=32"_s);
        row("planets_scripted.pt", u"size=32"_s);
        row("traffic_sign_cpu.pt", u"size=32"_s);
        row("mltask_traced_model.pt", u"wants 4 channels"_s);
    }

    void realFilesAreRefusedInPlainWords()
    {
        VITRINE_REQUIRE_REAL_DATA();
        QFETCH(QString, file);
        QFETCH(QString, words);
        const auto row = runFile(*m_engine, realData(u"found/"_s + file), wolf());
        QVERIFY(!row.ok());
        QVERIFY2(row.error().message.contains(words), qPrintable(failureText(row)));
        QVERIFY(row.error().message.size() < 400);
    }

    void brokenWeightsAreNamed()
    {
        VITRINE_REQUIRE_REAL_DATA();
        const auto row = runFile(*m_engine, realData(u"found/g36_nan.pth"_s), wolf());
        QVERIFY(!row.ok());
        QVERIFY2(row.error().message.contains(u"not finite"_s), qPrintable(failureText(row)));
    }

private:
    QString save(const QByteArray& source, const at::Tensor& weight = identity(), bool lite = false)
    {
        torch::jit::Module module("Model");
        module.register_parameter("w", weight, false);
        module.define(source.toStdString() + "\n");
        const QString path = m_folder.filePath(u"model%1.pt"_s.arg(++m_saved));
        if (lite)
            module._save_for_mobile(path.toStdString());
        else
            module.save(path.toStdString());
        return path;
    }

    Result<std::unique_ptr<LoadedModel>> load(const QString& path)
    {
        const auto variant = readVariant(path);
        return variant ? m_engine->load(*variant, {}) : variant.failure();
    }

    static void checkScoresOf(LoadedModel& model, const InputTensor& input)
    {
        const auto row = model.forward(input);
        VITRINE_VERIFY_OK(row);
        QVERIFY(maxDifference(*row, {1.0F, 2.0F, 0.0F}) < 1e-3F);
    }

    void refuse(const QByteArray& source, const QString& words, int size = 8, bool lite = false)
    {
        auto model = load(save(source, identity(), lite));
        VITRINE_VERIFY_OK(model);
        const auto row = (*model)->forward(picture(size));
        QVERIFY(!row.ok());
        QVERIFY2(row.error().message.contains(words), qPrintable(failureText(row)));
        QVERIFY2(!row.error().message.contains(u'\n') && row.error().message.size() < 400,
                 qPrintable(row.error().message));
    }

    static InputTensor wolf() { return readInput(realData(u"expected/wolf.input.f32"_s), 3, 224); }

    std::unique_ptr<Engine> m_engine;
    QTemporaryDir m_folder;
    int m_saved = 0;
};

QTEST_GUILESS_MAIN(TestModelAnswers)
#include "tst_model_answers.moc"
