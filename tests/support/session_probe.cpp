#include "tests/support/session_probe.h"

#include "core/base/literals.h"
#include "tests/support/model_files.h"

#include <QSignalSpy>

#include <limits>
#include <utility>

namespace vitrine::test {

SessionProbe::SessionProbe() : session(std::make_unique<ComparisonSession>(fakeEngine(script))) {}

bool SessionProbe::add(const std::vector<VariantKind>& kinds, int images)
{
    static constexpr Qt::GlobalColor colors[] = {Qt::red, Qt::green, Qt::blue, Qt::cyan, Qt::magenta};
    QStringList paths{writeVariantSet(path(u"set"_s), kinds)};
    for (int i = 0; i < images; ++i)
        paths << writeImage(path(u"%1.png"_s.arg(i)), colors[i]);
    session->addFiles(paths);
    return finish();
}

bool SessionProbe::finish()
{
    QSignalSpy busy(session.get(), &ComparisonSession::busyChanged);
    return !session->isBusy() || (busy.wait(60'000) && !session->isBusy());
}

VariantResult SessionProbe::variant(const QString& name) const
{
    for (const Comparison now = *session->snapshot(); const VariantResult& variant : now.variants)
        if (variant.variant.name == name)
            return variant;
    return {};
}

QString SessionProbe::variantId(const QString& name) const
{
    return variant(name).id;
}

GrowthWatch::GrowthWatch(ComparisonSession& session, Amount amount, std::function<void()> grown)
    : m_session(session), m_known(amount(*session.snapshot()))
{
    QObject::connect(&session, &ComparisonSession::changed, &m_context,
                     [this, &session, amount = std::move(amount), grown = std::move(grown)] {
                         const qsizetype before = std::exchange(m_known, amount(*session.snapshot()));
                         if (m_known <= before)
                             return;
                         ++m_count;
                         grown();
                     });
}

bool GrowthWatch::wait() const
{
    QSignalSpy changed(&m_session, &ComparisonSession::changed);
    while (m_count == 0)
        if (!changed.wait(60'000))
            return false;
    return true;
}

qsizetype sampleCount(const Comparison& comparison)
{
    const auto of = [](const VariantResult& result) {
        return static_cast<qsizetype>(result.latency->samples.size() + result.latency->warmUps.size());
    };
    qsizetype count = 0;
    for (const VariantResult& result : comparison.variants)
        count += of(result);
    if (const auto& self = comparison.selfComparison)
        count += of(self->first) + of(self->second);
    return count;
}

BenchmarkPlan quickPlan(int rounds)
{
    BenchmarkPlan plan;
    plan.setExactRounds(rounds);
    plan.warmUps = 2;
    plan.warmUpTime = std::chrono::milliseconds(0);
    plan.extraWarmUps = 0;
    plan.probe = false;
    return plan;
}

BenchmarkPlan endlessPlan()
{
    return quickPlan(std::numeric_limits<int>::max());
}

} // namespace vitrine::test
