#include "tests/app/found_files.h"

using namespace vitrine;
using namespace vitrine::test;

/// TorchScript and lite files as people have them: each line of found/README.tsv that is one, by the
/// executable.
class TestFoundScripts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void itAnswersOrSaysWhyNot_data();
    void itAnswersOrSaysWhyNot();
    void theSizeThatIsNamedIsRight_data();
    void theSizeThatIsNamedIsRight();

private:
    const QString m_wolf = realData(u"images/wolf/wolf.png"_s);
};

void TestFoundScripts::initTestCase()
{
    VITRINE_REQUIRE_TORCH();
    VITRINE_REQUIRE_REAL_DATA();
}

void TestFoundScripts::itAnswersOrSaysWhyNot_data()
{
    const QString part = u"its scores are the part \"%1\""_s;
    const QString size32 = u"--preprocess size=32,resize=32"_s;
    addRows({
        refused("t_cuda_constant.pt", {u"traced on a GPU"_s, u"trace it again on the CPU"_s}),
        answered("t_softmax_inside.pt", 9, 75.08, {u"\"probabilities\""_s}),
        answered("t_sigmoid_multilabel.pt", 9, 95.15, {u"\"independent\""_s}),
        refused("t_argmax.pt", {u"one whole number, 9"_s}),
        refused("t_nan.pt", {u"not numbers (10 of 10 are NaN or infinite)"_s}),
        answered("t_half.pt", 7, 23.81, {u"half precision"_s}), // has weights of its own, as t_double.pt has
        answered("t_double.pt", 0, 15.09, {u"computes in Double"_s}),
        answered("t_tuple1.pt", 9, 75.08, {part.arg(1)}),
        answered("t_namedtuple.pt", 9, 75.08, {part.arg(u"logits"_s)}),
        answered("t_dict.pt", 9, 75.08, {part.arg(u"logits"_s)}),
        answered("t_lite_tuple.ptl", 9, 75.08, {part.arg(1)}),
        answered("t_nhwc.pt", 9, 75.08, {u"channels last (NHWC)"_s}),
        answered("t_batch8.pt", 9, 75.08, {u"fixed at 8"_s}),
        refused("t_optimize_for_inference.pt", {u"optimize_for_inference"_s, u"save the model before"_s}),
        refused("t_version11.pt", {u"newer PyTorch"_s, u"version 11"_s, u"up to 10"_s}),
        answered("t_vit32_traced.pt", 4, 80.51), // at 32 pixels, of which its trace tells
        refused("lite_bytecode12.ptl", {u"newer PyTorch"_s, u"lite format 12; this reads 4 to 9"_s}),
        refused("planets_scripted.pt", {size32}),
        refused("traffic_sign_cpu.pt", {size32}),
        refused("mltask_traced_model.pt", {u"wants 4 channels and is given 3"_s}),
        refused("lite_t_listin.ptl", {u"a list of tensors instead of one image tensor"_s}),
        refused("lite_t_strin.ptl", {u"a text instead of one image tensor"_s}),
        refused("lite_t_tuplein.ptl", {u"a tuple instead of one image tensor"_s}),
    });
}

void TestFoundScripts::itAnswersOrSaysWhyNot()
{
    QFETCH(FoundFile, found);
    const Run run = classifyFound(m_wolf, foundFile(found.name));
    verifyFound(found, run);
    for (const char* theirs : {"enforce fail", "INTERNAL ASSERT", "std::", "CUDA backend", "Facebook"})
        QVERIFY2(!run.err.contains(theirs), run.err);
}

void TestFoundScripts::theSizeThatIsNamedIsRight_data()
{
    QTest::addColumn<QString>("name");
    for (const char* name : {"planets_scripted.pt", "traffic_sign_cpu.pt"})
        QTest::newRow(name) << QString::fromLatin1(name);
}

void TestFoundScripts::theSizeThatIsNamedIsRight()
{
    QFETCH(QString, name);
    const Run run = classifyFound(m_wolf, foundFile(name), {u"--preprocess"_s, u"size=32,resize=32"_s});
    VITRINE_COMPARE_STATUS(run, 0);
    QCOMPARE(run.json().array().size(), 1);
}

QTEST_APPLESS_MAIN(TestFoundScripts)
#include "tst_found_scripts.moc"
