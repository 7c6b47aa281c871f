#include "core/base/literals.h"
#include "core/session/session_state.h"
#include "core/session/tasks/variant_runs.h"
#include "tests/support/session_probe.h"

#include <QSignalSpy>
#include <QTest>

#include <algorithm>

using namespace vitrine;
using enum VariantKind;

namespace {

// A measurement that Vitrine does not have: its result type, its task. Where it is shown is the test.

/// How far apart a variant's largest and smallest logits are.
struct LogitRange
{
    float range = 0;
};

void measureRange(VariantRuns& runs, VariantRun& run)
{
    const RunPicture& picture = runs.request().pictures.front();
    const auto started = runs.start(run, picture);
    if (!started)
        return;
    const auto logits = started->forward();
    if (!logits)
        return runs.fail(run, logits.error());
    const auto [least, most] = std::ranges::minmax(*logits);
    runs.context().post(
        [key = ResultKey{runs.key(run), picture.source->sha256},
         found = LogitRange{most - least}](SessionState& state) { state.results().keep(key, found); });
}

Task logitRangeTask(SessionState& state)
{
    if (!state.canMeasure())
        return {};
    return variantsTask(state.request(), [](VariantRuns& runs) {
        runs.forEach(u"Measuring %1"_s, [&](VariantRun& run) { measureRange(runs, run); });
    });
}

} // namespace

/// A new measurement takes one task and its result type, and no line of core.
class TestTask : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void aNewMeasurementIsOneTask();
    void itsResultsBelongToWhatTheyDependOn();
    void itsErrorsStayWithTheVariant();
    void withoutAnImageItIsNotMade();
    void whatIsWithdrawnIsLeftOut();
    void itIsCancelledAsAnyJob();
    void whenMemoryRunsOutTheSessionGoesOn();

private:
    ComparisonSession& session() { return *m_probe->session; }
    bool measure();
    std::shared_ptr<const LogitRange> rangeOf(const QString& name) const
    {
        return m_probe->variant(name).measurements->find<LogitRange>();
    }

    std::unique_ptr<test::SessionProbe> m_probe;
};

void TestTask::init()
{
    m_probe = std::make_unique<test::SessionProbe>();
}

bool TestTask::measure()
{
    session().perform(Activity::Profiling, logitRangeTask);
    return m_probe->finish();
}

void TestTask::aNewMeasurementIsOneTask()
{
    m_probe->script->logits.insert(u"lite"_s, {-1.0F, 4.0F, 0.0F});
    QVERIFY(m_probe->add({Original, Lite}));
    const QSignalSpy changed(&session(), &ComparisonSession::changed);
    QVERIFY(measure());
    QVERIFY(changed.size() > 0);
    QCOMPARE(rangeOf(u"original"_s)->range, 2.0F);
    QCOMPARE(rangeOf(u"lite"_s)->range, 5.0F);
    QCOMPARE(m_probe->variant(u"lite"_s).state, VariantState::Ready);
}

void TestTask::itsResultsBelongToWhatTheyDependOn()
{
    QVERIFY(m_probe->add({Original}, 2));
    QVERIFY(measure());
    session().setRunSettings({2, {}});
    QVERIFY(!rangeOf(u"original"_s));
    session().setRunSettings({1, {}});
    QVERIFY(rangeOf(u"original"_s));
    session().setCurrentImage(session().snapshot()->images[1].id);
    QVERIFY(!rangeOf(u"original"_s));
}

void TestTask::itsErrorsStayWithTheVariant()
{
    const Error error{ErrorKind::Engine, u"no such operator"_s, {}};
    m_probe->script->forwardErrors.insert(u"lite"_s, error);
    QVERIFY(m_probe->add({Original, Lite}));
    QVERIFY(measure());
    QVERIFY(rangeOf(u"original"_s));
    QVERIFY(!rangeOf(u"lite"_s));
    QCOMPARE(m_probe->variant(u"lite"_s).error, error);
}

void TestTask::withoutAnImageItIsNotMade()
{
    QVERIFY(m_probe->add({Original}, 0));
    const QSignalSpy failed(&session(), &ComparisonSession::failed);
    QVERIFY(measure());
    QCOMPARE(failed.size(), 1);
    QCOMPARE(m_probe->script->forwards, 0);
}

void TestTask::whatIsWithdrawnIsLeftOut()
{
    QVERIFY(m_probe->add({Original, Lite}));
    m_probe->script->onForward = [this, isFirst = std::make_shared<bool>(true)](const QString&) {
        if (std::exchange(*isFirst, false))
            QMetaObject::invokeMethod(
                &session(), [this] { session().removeVariant(m_probe->variantId(u"lite"_s)); },
                Qt::BlockingQueuedConnection);
    };
    QVERIFY(measure());
    QCOMPARE(m_probe->script->forwards, 1);
    QCOMPARE(session().snapshot()->variants.size(), std::size_t{1});
    QVERIFY(rangeOf(u"original"_s));
}

void TestTask::itIsCancelledAsAnyJob()
{
    QVERIFY(m_probe->add({Original, Lite}));
    m_probe->script->onForward = [this](const QString&) {
        QMetaObject::invokeMethod(&session(), &ComparisonSession::cancel, Qt::BlockingQueuedConnection);
    };
    QVERIFY(measure());
    QCOMPARE(m_probe->script->forwards, 1);
    QVERIFY(!rangeOf(u"lite"_s));
}

void TestTask::whenMemoryRunsOutTheSessionGoesOn()
{
    QVERIFY(m_probe->add({Original}));
    QSignalSpy failed(&session(), &ComparisonSession::failed);
    session().perform(Activity::Describing, [this](SessionState&) -> Task {
        return [id = m_probe->variantId(u"original"_s)](const TaskContext& context) {
            context.post([id](SessionState& state) { state.setVariantState(id, VariantState::Running, {}); });
            throw std::bad_alloc();
        };
    });
    QVERIFY(m_probe->finish());
    QCOMPARE(failed.size(), 1);
    const Error error = failed[0][0].value<Error>();
    QCOMPARE(error.kind, ErrorKind::TooLarge);
    QVERIFY2(error.message.startsWith(u"The memory is used up"_s), qPrintable(error.message));
    QCOMPARE(m_probe->variant(u"original"_s).state, VariantState::Waiting);

    QVERIFY(measure());
    QVERIFY(rangeOf(u"original"_s));
}

QTEST_GUILESS_MAIN(TestTask)
#include "tst_task.moc"
