#pragma once

#include "core/demo/demo_set.h"
#include "core/measure/benchmark_plan.h"
#include "core/session/thread_chooser.h"

#include <QObject>

namespace vitrine {

/// Where the demo keeps the variants that it has built: below the user's cache folder.
QString demoCacheFolder();

/// How the demo measures: the preset "quick".
BenchmarkPlan demoPlan();

/// One showing of the demo in a session: has the variants built (or takes those of an earlier showing), adds
/// the images and them, classifies the images and measures latency, on as many threads as `threads` chooses
/// (null: as the session's settings say). Until the variants are there, nothing is
/// added. What fails is told by the session's signals; cancelling or clearing the session ends the showing.
/// Lives on the session's thread.
class DemoRun : public QObject
{
    Q_OBJECT

public:
    DemoRun(ComparisonSession& session, DemoSet set, const QString& cacheFolder, ThreadChooser* threads,
            QObject* parent = nullptr);

    /// Images that the session has already are not added again. Once.
    void start();

Q_SIGNALS:
    void ended(); ///< The session has nothing left to do, for whatever reason.

private:
    QStringList newImages() const;
    BuildRequest buildRequest() const;
    void showVariants(const QString& folder);
    void measure();

    ComparisonSession& m_session;
    DemoSet m_set;
    QString m_cacheFolder;
    ThreadChooser* m_threads;
};

} // namespace vitrine
