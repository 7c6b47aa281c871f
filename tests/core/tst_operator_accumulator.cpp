#include "core/base/literals.h"
#include "core/engine/operator_accumulator.h"

#include <QTest>

using namespace vitrine;
using namespace std::chrono_literals;

namespace {

OperatorAccumulator::Time at(std::chrono::nanoseconds time)
{
    return OperatorAccumulator::Time(time);
}

} // namespace

/// Self times of operators that call each other, on a clock of the test's own.
class TestOperatorAccumulator : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nothingIsAllOutside()
    {
        m_accumulator.start(at(5ns));
        const OperatorProfile profile = m_accumulator.stop(at(12ns));
        QVERIFY(profile.operators.empty());
        QCOMPARE(profile.outside, 7ns);
        QCOMPARE(profile.wallTime, 7ns);
    }

    void innerTimeIsTakenFromTheOuterOne()
    {
        m_accumulator.start(at(0ns));
        m_accumulator.enter("linear", at(10ns));
        m_accumulator.enter("t", at(12ns));
        m_accumulator.leave(at(15ns));
        m_accumulator.enter("addmm", at(16ns));
        m_accumulator.leave(at(90ns));
        m_accumulator.leave(at(95ns));
        expect(m_accumulator.stop(at(100ns)),
               {{u"addmm"_s, 1, 74ns}, {u"linear"_s, 1, 8ns}, {u"t"_s, 1, 3ns}}, 15ns);
    }

    void anOperatorInsideItselfCountsOnce()
    {
        m_accumulator.start(at(0ns));
        m_accumulator.enter("to", at(0ns));
        m_accumulator.enter("to", at(10ns));
        m_accumulator.leave(at(30ns));
        m_accumulator.leave(at(40ns));
        expect(m_accumulator.stop(at(40ns)), {{u"to"_s, 2, 40ns}}, 0ns);
    }

    void callsAreAddedUp()
    {
        m_accumulator.start(at(0ns));
        for (const auto begin : {10ns, 20ns, 30ns}) {
            m_accumulator.enter("add", at(begin));
            m_accumulator.leave(at(begin + 4ns));
        }
        expect(m_accumulator.stop(at(40ns)), {{u"add"_s, 3, 12ns}}, 28ns);
    }

    void whatIsStillOpenEndsWithTheForward()
    {
        m_accumulator.start(at(0ns));
        m_accumulator.enter("linear", at(1ns));
        m_accumulator.enter("addmm", at(3ns));
        expect(m_accumulator.stop(at(10ns)), {{u"addmm"_s, 1, 7ns}, {u"linear"_s, 1, 2ns}}, 1ns);
    }

    void leavingMoreThanWasEnteredIsNothing()
    {
        m_accumulator.leave(at(1ns));
        m_accumulator.start(at(2ns));
        m_accumulator.leave(at(3ns));
        m_accumulator.enter("add", at(4ns));
        m_accumulator.leave(at(6ns));
        m_accumulator.leave(at(7ns));
        expect(m_accumulator.stop(at(8ns)), {{u"add"_s, 1, 2ns}}, 4ns);
    }

    void beforeTheStartAndAfterTheStopNothingIsKept()
    {
        m_accumulator.enter("early", at(0ns));
        m_accumulator.start(at(1ns));
        QCOMPARE(m_accumulator.stop(at(2ns)).outside, 1ns);
        m_accumulator.enter("late", at(3ns));
        QVERIFY(m_accumulator.stop(at(4ns)).operators.empty());
    }

    void aSecondForwardStartsAnew()
    {
        for (int i = 0; i < 2; ++i) {
            m_accumulator.start(at(0ns));
            m_accumulator.enter("add", at(1ns));
            m_accumulator.leave(at(2ns));
            expect(m_accumulator.stop(at(3ns)), {{u"add"_s, 1, 1ns}}, 2ns);
        }
    }

    void equalTimesAreInOrderOfNames()
    {
        m_accumulator.start(at(0ns));
        for (const char* name : {"b", "a", "c"})
            m_accumulator.enter(name, at(0ns));
        const OperatorProfile profile = m_accumulator.stop(at(0ns));
        QCOMPARE(profile.operators[0].name, u"a"_s);
        QCOMPARE(profile.operators[2].name, u"c"_s);
    }

private:
    static void expect(const OperatorProfile& profile, const std::vector<OperatorTime>& operators,
                       std::chrono::nanoseconds outside)
    {
        QVERIFY(profile.operators == operators);
        QCOMPARE(profile.outside, outside);
        QCOMPARE(profile.selfTotal() + profile.outside, profile.wallTime);
    }

    OperatorAccumulator m_accumulator;
};

QTEST_APPLESS_MAIN(TestOperatorAccumulator)
#include "tst_operator_accumulator.moc"
