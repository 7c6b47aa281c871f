#include "core/base/literals.h"
#include "core/compare/operator_difference.h"
#include "tests/support/test_data.h"
#include "tests/torch/torch_test.h"

#include <QTemporaryDir>

using namespace vitrine;
using namespace vitrine::test;

/// Which operators the five variants of a tiny random DeiT run, and that their times add up.
class TestOperators : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void everyVariantTellsItsOperators_data();
    void everyVariantTellsItsOperators();
    void timesStayWithinTheForward_data();
    void timesStayWithinTheForward();
    void callsAreThoseOfOneForward();
    void linearLayersOfFloatAndInt8AreSetAgainstEachOther();
    void aWatchedForwardLeavesNothingBehind();
    void anInputThatDoesNotFitIsAnError();

private:
    static void addKinds();
    std::unique_ptr<LoadedModel> load(VariantKind kind);
    OperatorProfile profile(LoadedModel& model);
    OperatorProfile profile(VariantKind kind);

    QTemporaryDir m_folder;
    std::unique_ptr<Engine> m_engine;
    InputTensor m_input;
    int m_linearLayers = 0;
};

namespace {

int callsOf(const OperatorProfile& profile, const char* name)
{
    const auto found = std::ranges::find(profile.operators, QLatin1String(name), &OperatorTime::name);
    return found == profile.operators.end() ? 0 : found->calls;
}

QString namesIn(const OperatorProfile& profile)
{
    QStringList names;
    for (const OperatorTime& each : profile.operators)
        names << each.name;
    return names.join(u' ');
}

bool isFloat(VariantKind kind)
{
    return kind == VariantKind::Original || kind == VariantKind::Scripted;
}

} // namespace

void TestOperators::initTestCase()
{
    makeTorch(m_engine);
    QVERIFY(m_engine);
    m_engine->setThreads(1);
    const auto checkpoint = readCheckpoint(tinyCheckpoint());
    VITRINE_VERIFY_OK(checkpoint);
    const auto weights = readDeit(*checkpoint);
    VITRINE_VERIFY_OK(weights);
    m_linearLayers = 4 * weights->config.depth + 1;
    m_input = readInput(fixture(u"checkpoints/timm_plain.input.f32"_s), weights->config.channels,
                        weights->config.imageSize);
    auto builder = m_engine->factory()->fromDeit(*weights, {});
    VITRINE_VERIFY_OK(builder);
    for (const VariantKind kind : allKinds())
        VITRINE_VERIFY_OK(writeFile(**builder, kind, m_folder.filePath(kindName(kind))));
}

void TestOperators::addKinds()
{
    QTest::addColumn<VariantKind>("kind");
    for (const VariantKind kind : allKinds())
        QTest::newRow(qPrintable(kindName(kind))) << kind;
}

std::unique_ptr<LoadedModel> TestOperators::load(VariantKind kind)
{
    const auto variant = readVariant(m_folder.filePath(kindName(kind)));
    if (!variant)
        return nullptr;
    auto model = m_engine->load(*variant, {});
    return model ? *std::move(model) : nullptr;
}

OperatorProfile TestOperators::profile(LoadedModel& model)
{
    for (int i = 0; i < 3; ++i)
        if (!model.forward(m_input))
            return {};
    const auto result = model.profile(m_input);
    return result ? *result : OperatorProfile{};
}

OperatorProfile TestOperators::profile(VariantKind kind)
{
    const auto model = load(kind);
    return model ? profile(*model) : OperatorProfile{};
}

void TestOperators::everyVariantTellsItsOperators_data()
{
    addKinds();
}

void TestOperators::everyVariantTellsItsOperators()
{
    QFETCH(VariantKind, kind);
    const OperatorProfile result = profile(kind);
    // The eager modules multiply without a bias and add it afterwards where there are more than two
    // dimensions.
    const int floatLinear = std::max(callsOf(result, "aten::linear"),
                                     callsOf(result, "aten::addmm") + callsOf(result, "aten::mm"));
    const int int8Linear = callsOf(result, "quantized::linear_dynamic");
    const QString names = namesIn(result);
    QVERIFY2(isFloat(kind) ? floatLinear == m_linearLayers : int8Linear == m_linearLayers, qPrintable(names));
    QVERIFY2(isFloat(kind) ? int8Linear == 0 : floatLinear == 0, qPrintable(names));
    QVERIFY2(callsOf(result, "aten::softmax") > 0 && callsOf(result, "aten::layer_norm") > 0 &&
                 callsOf(result, "aten::gelu") > 0,
             qPrintable(names));
}

void TestOperators::timesStayWithinTheForward_data()
{
    addKinds();
}

/// How much of it they come to is for tests/benchmarks/bench_operators.cpp.
void TestOperators::timesStayWithinTheForward()
{
    QFETCH(VariantKind, kind);
    const OperatorProfile result = profile(kind);
    QVERIFY(result.selfTotal().count() > 0);
    QVERIFY(result.outside.count() > 0);
    QVERIFY(result.selfTotal() + result.outside <= result.wallTime);
    for (const OperatorTime& each : result.operators)
        QVERIFY(each.calls > 0 && each.selfTime.count() >= 0);
}

void TestOperators::callsAreThoseOfOneForward()
{
    const auto model = load(VariantKind::Lite);
    QVERIFY(model);
    const OperatorProfile first = profile(*model);
    const OperatorProfile second = profile(*model);
    QCOMPARE(callsOf(first, "quantized::linear_dynamic"), m_linearLayers);
    QCOMPARE(callsOf(second, "quantized::linear_dynamic"), m_linearLayers);
}

void TestOperators::linearLayersOfFloatAndInt8AreSetAgainstEachOther()
{
    const auto rows = operatorDifferences(profile(VariantKind::Original), profile(VariantKind::Lite));
    const auto linear = std::ranges::find(rows, u"linear"_s, &OperatorDifference::group);
    QVERIFY(linear != rows.end());
    QVERIFY(linear->before.calls >= m_linearLayers && linear->after.calls == m_linearLayers);
    QVERIFY(linear->before.time.count() > 0 && linear->after.time.count() > 0);
    for (const OperatorDifference& row : rows)
        QVERIFY2(!row.group.contains(u"::"_s), qPrintable(row.group)); // each is in a group
}

void TestOperators::aWatchedForwardLeavesNothingBehind()
{
    const auto model = load(VariantKind::Scripted);
    QVERIFY(model);
    const auto before = model->forward(m_input);
    profile(*model);
    const auto after = model->forward(m_input);
    VITRINE_VERIFY_OK(before);
    VITRINE_VERIFY_OK(after);
    QCOMPARE(maxDifference(*before, *after), 0.0F);
}

void TestOperators::anInputThatDoesNotFitIsAnError()
{
    const auto model = load(VariantKind::Lite);
    QVERIFY(model);
    const InputTensor wrong{1, 8, 8, std::vector<float>(64)};
    const auto result = model->profile(wrong);
    QVERIFY(!result.ok());
    QCOMPARE(result.error().kind, ErrorKind::Engine);
    QVERIFY(profile(*model).selfTotal().count() > 0);
}

QTEST_GUILESS_MAIN(TestOperators)
#include "tst_operators.moc"
