#include "core/session/session_private.h"

#include "core/session/tasks/build_task.h"
#include "core/session/tasks/classify_task.h"

#include <QFileInfo>

#include <utility>

namespace vitrine {

ComparisonSession::Private::Private(ComparisonSession& session, EngineRegistry engines)
    : state(engines, *this),
      queue(std::move(engines), pictures,
            {[this](const Edit& change, bool now) { edit(change, now); },
             [this](const Progress& progress) { Q_EMIT q.progressed(progress); },
             [this](quint64 id) { jobEnded(id); }, [this](bool busy) { busyChanged(busy); }}),
      q(session)
{
}

void ComparisonSession::Private::edit(const Edit& edit, bool now)
{
    m_snapshot.reset();
    edit(state);
    m_snapshot.reset();
    hasNews = state.takeNews() || hasNews;
    Q_EMIT q.changed(now);
    classifyNews();
}

void ComparisonSession::Private::removeVariant(const QString& id)
{
    if (state.removeVariant(id))
        queue.unload(id);
}

quint64 ComparisonSession::Private::addBuild(const BuildRequest& request, const QString& cacheFolder)
{
    BuildRequest absolute = request;
    absolute.source = QFileInfo(request.source).absoluteFilePath();
    const quint64 build = queue.add(Activity::Building, [absolute, cacheFolder](quint64 id) {
        return std::make_unique<BuildTask>(id, absolute, cacheFolder);
    });
    m_builds.insert(build);
    return build;
}

void ComparisonSession::Private::addIntake(IntakeTask::What what, const QStringList& paths)
{
    add(Activity::Reading, [=](SessionState&) { return std::make_unique<IntakeTask>(what, paths); });
}

void ComparisonSession::Private::add(Activity activity, TaskMaker make)
{
    queue.add(activity, [this, make = std::move(make)](quint64) {
        m_snapshot.reset(); // a task that is made may begin something
        return make(state);
    });
}

void ComparisonSession::Private::measure(const TaskMaker& make)
{
    hasNews = false; // it is classified on the way
    add(Activity::Measuring, make);
    edit([](SessionState&) {}, true);
}

bool ComparisonSession::Private::isMeasuring() const
{
    return queue.isWaiting(Activity::Measuring) ||
           (queue.running() == Activity::Measuring && !m_haveRoundsEnded);
}

void ComparisonSession::Private::cancel()
{
    hasNews = std::exchange(m_hasCalibrated, false); // what is shown may be of other threads now
    state.sweep().cancel();
    queue.cancel();
    edit([](SessionState&) {}, true);
}

void ComparisonSession::Private::classifyNews()
{
    if (!classifiesNews || !hasNews || queue.isBusy())
        return;
    hasNews = false;
    if (state.isAnythingUnknown())
        add(Activity::Classifying, ClassifyTask::make);
}

std::shared_ptr<const Comparison> ComparisonSession::Private::snapshot()
{
    if (!m_snapshot)
        m_snapshot = std::make_shared<const Comparison>(state.snapshot());
    return m_snapshot;
}

void ComparisonSession::Private::jobEnded(quint64 id)
{
    if (queue.isRunning(id)) {
        m_haveRoundsEnded = false;
        m_snapshot.reset();
        state.sweep().endJob();
    }
    if (m_builds.contains(id))
        buildEnded(id, Cancelled{});
}

void ComparisonSession::Private::busyChanged(bool busy)
{
    m_hasCalibrated = m_hasCalibrated && busy;
    m_snapshot.reset();
    Q_EMIT q.busyChanged(busy);
    Q_EMIT q.changed(true);
    classifyNews();
}

void ComparisonSession::Private::fileRefused(const QString& path, const Error& error)
{
    Q_EMIT q.fileRefused(path, error);
}

void ComparisonSession::Private::buildOffered(const QString& path)
{
    Q_EMIT q.buildOffered(path);
}

void ComparisonSession::Private::buildEnded(quint64 build, const Result<QString>& folder)
{
    m_builds.remove(build);
    Q_EMIT q.buildEnded(build, folder);
}

void ComparisonSession::Private::described(const QString& path, const FileIdentity& identity,
                                           const ModelDescription& description)
{
    Q_EMIT q.described(path, identity, description);
}

void ComparisonSession::Private::describeFailed(const QString& path, const Error& error)
{
    Q_EMIT q.describeFailed(path, error);
}

void ComparisonSession::Private::threadsCalibrated(const QString& variantId, int threads)
{
    m_hasCalibrated = true;
    Q_EMIT q.threadsCalibrated(variantId, threads);
}

void ComparisonSession::Private::benchmarkFinished(bool cancelled)
{
    m_haveRoundsEnded = true;
    Q_EMIT q.benchmarkFinished(cancelled);
}

void ComparisonSession::Private::profileFinished(bool cancelled)
{
    Q_EMIT q.profileFinished(cancelled);
}

void ComparisonSession::Private::failed(const Error& error)
{
    Q_EMIT q.failed(error);
}

} // namespace vitrine
