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
    return {{{QStringLiteral("aten::addmm"), 49, 30ms},
             {QStringLiteral("aten::gelu"), 12, 4ms},
             {QStringLiteral("aten::linear"), 49, 1ms},
             {QStringLiteral("aten::relu"), 1, 1ms}},
            2ms,
            38ms};
}

OperatorProfile int8Model()
{
    return {{{QStringLiteral("quantized::linear_dynamic"), 49, 12ms},
             {QStringLiteral("aten::gelu"), 12, 5ms},
             {QStringLiteral("aten::dequantize"), 3, 2ms},
             {QStringLiteral("aten::hardtanh_"), 1, 1ms}},
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
        const auto linear = rowOf(operatorDifferences(floatModel(), int8Model()), QStringLiteral("linear"));
        QCOMPARE(linear.before.time, 31ms);
        QCOMPARE(linear.after.time, 12ms);
        QCOMPARE(linear.difference(), -19ms);
        QCOMPARE(linear.change, OperatorChange::Faster);
        QCOMPARE(linear.before.calls, 98);
        QCOMPARE(linear.before.operators,
                 QStringList({QStringLiteral("aten::addmm"), QStringLiteral("aten::linear")}));
        QCOMPARE(linear.after.operators, QStringList{QStringLiteral("quantized::linear_dynamic")});
    }

    void whatOnlyOneHasIsAddedOrVanished()
    {
        const auto forth = operatorDifferences(floatModel(), int8Model());
        const auto back = operatorDifferences(int8Model(), floatModel());
        const auto group = QStringLiteral("quantization");
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
        QCOMPARE(rows.front().group, QStringLiteral("linear"));
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
        QCOMPARE(changeName(OperatorChange::Added), QStringLiteral("added"));
        QCOMPARE(changeName(OperatorChange::Vanished), QStringLiteral("vanished"));
        QCOMPARE(changeName(OperatorChange::Slower), QStringLiteral("slower"));
        QCOMPARE(changeName(OperatorChange::Faster), QStringLiteral("faster"));
    }
};

QTEST_APPLESS_MAIN(TestOperatorDifference)
#include "tst_operator_difference.moc"
