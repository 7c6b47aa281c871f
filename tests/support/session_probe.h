#pragma once

#include "core/session/comparison_session.h"
#include "tests/support/fake_engine.h"

#include <QTemporaryDir>

namespace vitrine::test {

/// A session on a FakeEngine, and a folder for its files.
class SessionProbe
{
public:
    SessionProbe();

    QString path(const QString& name) const { return m_folder.filePath(name); }
    /// Adds a set of these kinds, and `images` pictures of different colours; waits until they are there.
    bool add(const std::vector<VariantKind>& kinds, int images = 1);
    /// Waits until nothing is left to do.
    bool finish();

    QString variantId(const QString& name) const;
    VariantResult variant(const QString& name) const;

    std::shared_ptr<FakeScript> script = std::make_shared<FakeScript>();
    std::unique_ptr<ComparisonSession> session;

private:
    QTemporaryDir m_folder;
};

/// Counts how often something in a session's snapshots has grown, change by change.
class GrowthWatch
{
public:
    using Amount = std::function<qsizetype(const Comparison&)>;

    /// `grown` is called each time.
    GrowthWatch(
        ComparisonSession& session, Amount amount, std::function<void()> grown = [] {});

    qsizetype count() const { return m_count; }
    bool wait() const; ///< Until it has grown; false: nothing happened for a minute.

private:
    ComparisonSession& m_session;
    qsizetype m_known;
    qsizetype m_count = 0;
    QObject m_context; ///< Ends the connection.
};

/// Samples and warm-up passes, of variants and of one against itself.
qsizetype sampleCount(const Comparison& comparison);
inline qsizetype predictionCount(const Comparison& comparison)
{
    return comparison.predictionCount();
}

/// A few rounds without warm-up time, and nothing after them.
BenchmarkPlan quickPlan(int rounds = 3);
/// Rounds that no test waits for.
BenchmarkPlan endlessPlan();

} // namespace vitrine::test
