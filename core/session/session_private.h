#pragma once

#include "core/session/comparison_session.h"
#include "core/session/job_queue.h"
#include "core/session/session_state.h"

#include <QSet>

namespace vitrine {

/// What a session is made of. Applies edits, and follows the jobs.
class ComparisonSession::Private
{
public:
    Private(ComparisonSession& session, EngineRegistry engines, ProbeSettings probe);

    /// Every change of the state goes through here. Without an edit, it was one beside it.
    void edit(const Edit& edit = {}, bool now = true);
    void removeVariant(const QString& id);
    quint64 add(Activity activity, const Task& task); ///< Gives the job's number.
    void measure(const TaskMaker& make);
    void classifyNews(); ///< If that is wanted, and the worker is idle.

    ImageCache pictures; ///< Before the queue, whose worker uses it.
    SessionState state;
    JobQueue queue;
    std::shared_ptr<const Comparison> snapshot; ///< Null: it is to be taken anew.
    bool classifiesNews = false;
    bool hasNews = false;
    bool haveRoundsEnded = false; ///< Of the running job.
    bool hasCalibrated = false;   ///< And has not been idle since.
    QSet<quint64> builds;         ///< Whose end was not told yet.

private:
    void jobEnded(quint64 id);
    void busyChanged(bool busy);

    ComparisonSession& q;
};

} // namespace vitrine
