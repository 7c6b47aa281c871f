#pragma once

#include "core/demo/demo_set.h"
#include "core/measure/benchmark_plan.h"
#include "core/session/build_follower.h"

#include <QObject>

#include <functional>

namespace vitrine {

/// Where the demo keeps the variants that it has built: below the user's cache folder.
QString demoCacheFolder();

/// How the demo measures: the preset "quick".
BenchmarkPlan demoPlan();

/// One showing of the demo in a session: has the variants built (or takes those of an earlier showing), adds
/// the images and them, classifies the images and measures latency; `chooseThreads` is called just before,
/// and may set or calibrate the number of threads. Until the variants are there, nothing is added. What fails
/// is told by the session's signals; cancelling or clearing the session ends the showing. Lives on the
/// session's thread.
class DemoRun : public QObject
{
    Q_OBJECT

public:
    DemoRun(ComparisonSession& session, DemoSet set, const QString& cacheFolder,
            std::function<void()> chooseThreads, QObject* parent = nullptr);

    /// Images that the session has already are not added again. Once.
    void start();

Q_SIGNALS:
    void unbuilt(const vitrine::Error& error); ///< There are no variants to show.
    void ended();                              ///< The session has nothing left to do, for whatever reason.

private:
    QStringList newImages() const;
    void showVariants(const QString& folder);

    ComparisonSession& m_session;
    BuildFollower m_build;
    DemoSet m_set;
    QString m_cacheFolder;
    std::function<void()> m_chooseThreads;
    QMetaObject::Connection m_firstVariant; ///< Until it is there.
};

} // namespace vitrine
