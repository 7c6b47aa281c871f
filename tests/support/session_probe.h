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

/// A few rounds without warm-up time, and nothing after them.
BenchmarkPlan quickPlan(int rounds = 3);
/// Rounds that no test waits for.
BenchmarkPlan endlessPlan();

} // namespace vitrine::test
