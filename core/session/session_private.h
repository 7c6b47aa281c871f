#pragma once

#include "core/session/comparison_session.h"
#include "core/session/job_queue.h"
#include "core/session/session_state.h"
#include "core/session/tasks/intake_task.h"

#include <QSet>

namespace vitrine {

/// Applies edits, and turns what they tell into signals.
class ComparisonSession::Private : public SessionListener
{
public:
    Private(ComparisonSession& session, EngineRegistry engines);

    /// Every change of the state goes through here.
    void edit(const Edit& edit, bool now = false);
    void removeVariant(const QString& id);
    quint64 addBuild(const BuildRequest& request, const QString& cacheFolder);
    void addIntake(IntakeTask::What what, const QStringList& paths);
    void add(Activity activity, TaskMaker make);
    void measure(const TaskMaker& make);
    bool isMeasuring() const;
    void cancel();
    void classifyNews(); ///< If that is wanted, and the worker is idle.
    std::shared_ptr<const Comparison> snapshot();

    ImageCache pictures; ///< Before the queue, whose worker uses it.
    SessionState state;
    JobQueue queue;
    bool classifiesNews = false;
    bool hasNews = false;

private:
    void jobEnded(quint64 id);
    void busyChanged(bool busy);

    void fileRefused(const QString& path, const Error& error) override;
    void buildOffered(const QString& path) override;
    void buildEnded(quint64 build, const Result<QString>& folder) override;
    void described(const QString& path, const FileIdentity& identity,
                   const ModelDescription& description) override;
    void describeFailed(const QString& path, const Error& error) override;
    void threadsCalibrated(const QString& variantId, int threads) override;
    void benchmarkFinished(bool cancelled) override;
    void profileFinished(bool cancelled) override;
    void failed(const Error& error) override;

    ComparisonSession& q;
    std::shared_ptr<const Comparison> m_snapshot; ///< Null: it is to be taken anew.
    QSet<quint64> m_builds;                       ///< Whose end was not told yet.
    bool m_haveRoundsEnded = false;               ///< Of the running job.
    bool m_hasCalibrated = false;                 ///< And has not been idle since.
};

} // namespace vitrine
