#include "core/base/literals.h"
#include "core/report/export.h"
#include "tests/ui/window_fixture.h"
#include "ui/models/results_table_model.h"
#include "ui/models/variant_list_model.h"
#include "ui/widgets/message_area.h"
#include "ui/widgets/results_panel.h"
#include "ui/widgets/results_table.h"
#include "ui/widgets/run_controls.h"
#include "ui/widgets/status_line.h"
#include "ui/widgets/variant_list.h"
#include "ui/window_actions.h"
#include "ui/workspace.h"

#include <QTest>

using namespace vitrine;
using vitrine::test::WindowFixture;

/// Variants of one model that two engines run, side by side in the window.
class TestTwoEngines : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { m_fixture.reset(); }
    void bothAreMeasuredInOneRun();
    void theListAndTheTableNameThem();
    void oneEngineIsNotNamed();
    void oneThatDoesNotLoadIsItsVariantsError();

private:
    QString summary(int row) const
    {
        const auto index = m_fixture->window.workspace().variants()->model()->index(row, 0);
        return index.data(VariantListModel::StateRole).toString();
    }
    ResultsTable* table() const { return m_fixture->window.workspace().results()->table(); }
    bool measure()
    {
        m_fixture->window.runControls().setPreset(u"quick"_s);
        m_fixture->window.actions().run->trigger();
        return m_fixture->waitUntilIdle();
    }

    test::FakeScripts m_scripts;
    std::unique_ptr<WindowFixture> m_fixture;
};

void TestTwoEngines::init()
{
    m_scripts = test::twoFakeScripts();
    m_fixture = std::make_unique<WindowFixture>(m_scripts);
}

void TestTwoEngines::bothAreMeasuredInOneRun()
{
    m_scripts[1]->delays.insert(u"lite"_s, std::chrono::milliseconds(1));
    QVERIFY(m_fixture->dropAndWait({m_fixture->variantSet(), m_fixture->picture()}));
    QCOMPARE(m_scripts[0]->loads, 4);
    QCOMPARE(m_scripts[1]->loads, 1);
    QVERIFY(measure());
    QCOMPARE(m_fixture->window.messages().messages(), QStringList());

    const Comparison comparison = *m_fixture->session.snapshot();
    QCOMPARE(comparison.predictionCount(), qsizetype(5));
    QCOMPARE(comparison.stamp.engines(), (QStringList{u"Fake 1.0"_s, u"Second 2.5"_s}));
    QCOMPARE(comparison.stamp.quantizedEngine, u"fake-int8, second-int8"_s);
    for (const VariantResult& result : comparison.variants)
        QVERIFY(result.latency->n > 0);
    const VariantResult& lite = comparison.variants.back();
    QCOMPARE(lite.engineName, u"Second"_s);
    QCOMPARE(lite.engineVersion, u"2.5"_s);
    QVERIFY(lite.ratio && lite.ratio->ratio > 1);
    QCOMPARE(lite.verdict, Verdict::Slower);
    QVERIFY(!m_scripts[0]->threadRuleBroken && !m_scripts[1]->threadRuleBroken);
}

void TestTwoEngines::theListAndTheTableNameThem()
{
    QVERIFY(m_fixture->dropAndWait({m_fixture->variantSet(), m_fixture->picture()}));
    QVERIFY2(summary(0).startsWith(u"Fake · "_s), qPrintable(summary(0)));
    QVERIFY2(summary(4).startsWith(u"Second · second-int8 · "_s), qPrintable(summary(4)));
    const auto index = m_fixture->window.workspace().variants()->model()->index(4, 0);
    QVERIFY(index.data(Qt::ToolTipRole).toString().contains(u"Engine: Second 2.5"_s));

    const int engine = ResultsTableModel::columnOf("engine_text");
    QVERIFY(!table()->isColumnHidden(engine));
    QCOMPARE(table()->model()->index(4, engine).data().toString(), u"Second 2.5"_s);
    QVERIFY(m_fixture->window.findChild<StatusLine*>());
}

void TestTwoEngines::oneEngineIsNotNamed()
{
    QVERIFY(m_fixture->dropAndWait({m_fixture->variantSet(3), m_fixture->picture()}));
    QVERIFY2(!summary(0).contains(u"Fake"_s), qPrintable(summary(0)));
    QVERIFY(table()->isColumnHidden(ResultsTableModel::columnOf("engine_text")));
}

void TestTwoEngines::oneThatDoesNotLoadIsItsVariantsError()
{
    const Error error{ErrorKind::Engine, u"The second engine is broken."_s, {}};
    m_scripts[1]->engineError = error;
    QVERIFY(m_fixture->dropAndWait({m_fixture->variantSet(), m_fixture->picture()}));
    QVERIFY(measure());
    const Comparison comparison = *m_fixture->session.snapshot();
    QCOMPARE(comparison.predictionCount(), qsizetype(4));
    QVERIFY(comparison.variants.front().latency->n > 0);
    QCOMPARE(comparison.variants.back().state, VariantState::Failed);
    QVERIFY(comparison.variants.back().error == error);
    QCOMPARE(comparison.stamp.engines(), QStringList{u"Fake 1.0"_s});
}

QTEST_MAIN(TestTwoEngines)
#include "tst_two_engines.moc"
