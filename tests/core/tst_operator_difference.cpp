#include "core/base/literals.h"
#include "core/compare/operator_difference.h"

#include "core/compare/operator_groups.h"

#include <QTest>

#include <algorithm>

using namespace vitrine;
using namespace std::chrono_literals;

namespace {

OperatorDifference rowOf(const std::vector<OperatorDifference>& rows, const QString& group)
{
    const auto found = std::ranges::find(rows, group, &OperatorDifference::group);
    return found == rows.end() ? OperatorDifference{} : *found;
}

OperatorProfile floatModel()
{
    return {{{u"aten::addmm"_s, 49, 30ms},
             {u"aten::gelu"_s, 12, 4ms},
             {u"aten::linear"_s, 49, 1ms},
             {u"aten::relu"_s, 1, 1ms}},
            2ms,
            38ms};
}

OperatorProfile int8Model()
{
    return {{{u"quantized::linear_dynamic"_s, 49, 12ms},
             {u"aten::gelu"_s, 12, 5ms},
             {u"aten::dequantize"_s, 3, 2ms},
             {u"aten::hardtanh_"_s, 1, 1ms}},
            1ms,
            21ms};
}

} // namespace

/// Which operators correspond, and what became of them.
class TestOperatorDifference : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void correspondingOperatorsShareAGroup_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("group");
        const auto row = [](const char* what, const char* name, const char* group) {
            QTest::newRow(what) << QString::fromLatin1(name) << QString::fromLatin1(group);
        };
        row("a linear layer of an eager model", "aten::addmm", "linear");
        row("a linear layer of int8", "quantized::linear_dynamic", "linear");
        row("a linear layer of the mobile optimizer", "prepacked::linear_clamp_run", "linear");
        row("attention", "aten::bmm", "products");
        row("in place", "aten::add_", "elementwise");
        row("an overload", "aten::add.Tensor", "elementwise");
        row("a name that begins with an underscore", "aten::_softmax", "softmax");
        row("quantizing as a step of its own", "aten::quantize_per_tensor", "quantization");
        row("what is in no group", "torchvision::nms", "torchvision::nms");
        row("what is in no group, of ATen", "aten::unheard_of", "aten::unheard_of");
        row("no name", "", "");
    }

    void correspondingOperatorsShareAGroup()
    {
        QFETCH(QString, name);
        QTEST(operatorGroup(name), "group");
    }

    void linearLayersAreSetAgainstEachOther()
    {
        const auto linear = rowOf(operatorDifferences(floatModel(), int8Model()), u"linear"_s);
        QCOMPARE(linear.before.time, 31ms);
        QCOMPARE(linear.after.time, 12ms);
        QCOMPARE(linear.difference(), -19ms);
        QCOMPARE(linear.change, OperatorChange::Faster);
        QCOMPARE(linear.before.calls, 98);
        QCOMPARE(linear.before.operators, QStringList({u"aten::addmm"_s, u"aten::linear"_s}));
        QCOMPARE(linear.after.operators, QStringList{u"quantized::linear_dynamic"_s});
    }

    void whatOnlyOneHasIsAddedOrVanished()
    {
        const auto forth = operatorDifferences(floatModel(), int8Model());
        const auto back = operatorDifferences(int8Model(), floatModel());
        const auto group = u"quantization"_s;
        QCOMPARE(rowOf(forth, group).change, OperatorChange::Added);
        QCOMPARE(rowOf(back, group).change, OperatorChange::Vanished);
        QCOMPARE(rowOf(back, group).difference(), -2ms);
        QVERIFY(rowOf(back, group).after.operators.isEmpty());
    }

    void whatIsSpentInNoOperatorIsARowToo()
    {
        const auto outside =
            rowOf(operatorDifferences(floatModel(), int8Model()), QLatin1String(OperatorDifference::outside));
        QCOMPARE(outside.difference(), -1ms);
        QCOMPARE(outside.change, OperatorChange::Faster);
    }

    void differencesAddUp()
    {
        std::chrono::nanoseconds sum{};
        for (const auto& row : operatorDifferences(floatModel(), int8Model()))
            sum += row.difference();
        QCOMPARE(sum, int8Model().wallTime - floatModel().wallTime);
    }

    void theLargestDifferenceIsFirst()
    {
        const auto rows = operatorDifferences(floatModel(), int8Model());
        QCOMPARE(rows.front().group, u"linear"_s);
        QVERIFY(std::ranges::is_sorted(rows, std::greater<>(), [](const OperatorDifference& row) {
            return std::chrono::abs(row.difference());
        }));
    }

    void aModelAgainstItselfDiffersInNothing()
    {
        for (const auto& row : operatorDifferences(floatModel(), floatModel())) {
            QCOMPARE(row.difference(), 0ns);
            QCOMPARE(row.change, OperatorChange::Faster);
        }
    }

    void emptyProfilesHaveNoDifference() { QCOMPARE(operatorDifferences({}, {}).size(), std::size_t{1}); }

    void changesHaveNames()
    {
        QCOMPARE(changeName(OperatorChange::Added), u"added"_s);
        QCOMPARE(changeName(OperatorChange::Vanished), u"vanished"_s);
        QCOMPARE(changeName(OperatorChange::Slower), u"slower"_s);
        QCOMPARE(changeName(OperatorChange::Faster), u"faster"_s);
    }
};

QTEST_APPLESS_MAIN(TestOperatorDifference)
#include "tst_operator_difference.moc"
