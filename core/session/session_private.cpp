#include "core/session/session_private.h"

#include <utility>

namespace vitrine {

ComparisonSession::Private::Private(ComparisonSession& session, EngineRegistry engines, ProbeSettings probe)
    : state(engines, std::move(probe), session),
      queue(std::move(engines), pictures,
            {[this](const Edit& change, bool now) { edit(change, now); },
             [this](const Progress& progress) { Q_EMIT q.progressed(progress); },
             [this](quint64 id) { jobEnded(id); }, [this](bool busy) { busyChanged(busy); }}),
      q(session)
{
    // Before anybody else hears of it:
    connect(&q, &SessionEvents::buildEnded, &q, [this](quint64 build) { builds.remove(build); });
    connect(&q, &SessionEvents::threadsCalibrated, &q, [this] { hasCalibrated = true; });
    connect(&q, &SessionEvents::benchmarkFinished, &q, [this] { haveRoundsEnded = true; });
}

void ComparisonSession::Private::edit(const Edit& edit, bool now)
{
    snapshot.reset();
    if (edit)
        edit(state);
    snapshot.reset();
    hasNews = state.takeNews() || hasNews;
    Q_EMIT q.changed(now);
    classifyNews();
}

void ComparisonSession::Private::removeVariant(const QString& id)
{
    state.removeVariant(id);
    queue.unload(id);
}

quint64 ComparisonSession::Private::add(Activity activity, const Task& task)
{
    return queue.add(activity, [task] { return task; });
}

void ComparisonSession::Private::measure(const TaskMaker& make)
{
    hasNews = false; // it is classified on the way
    q.perform(Activity::Measuring, make);
    edit();
}

void ComparisonSession::Private::classifyNews()
{
    if (!classifiesNews || !hasNews || queue.isBusy())
        return;
    hasNews = false;
    if (!state.request().missing.empty())
        q.classify();
}

void ComparisonSession::Private::jobEnded(quint64 id)
{
    if (queue.isRunning(id)) {
        haveRoundsEnded = false;
        snapshot.reset();
        state.sweep().endJob();
    }
    if (builds.contains(id))
        Q_EMIT q.buildEnded(id, Cancelled{});
}

void ComparisonSession::Private::busyChanged(bool busy)
{
    hasCalibrated = hasCalibrated && busy;
    snapshot.reset();
    Q_EMIT q.busyChanged(busy);
    Q_EMIT q.changed(true);
    classifyNews();
}

} // namespace vitrine
