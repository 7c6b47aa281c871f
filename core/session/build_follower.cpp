#include "core/session/build_follower.h"

#include "core/base/tr.h"

namespace vitrine {

BuildFollower::BuildFollower(ComparisonSession& session, QObject* parent)
    : QObject(parent), m_session(session)
{
    connect(&session, &ComparisonSession::progressed, this, [this](const Progress& progress) {
        if (m_isRunning && m_session.isBuilding(m_build))
            Q_EMIT progressed(progress);
    });
    connect(&session, &ComparisonSession::buildEnded, this, &BuildFollower::end);
}

void BuildFollower::start(const BuildRequest& request, const QString& cacheFolder)
{
    m_build = m_session.buildVariants(request, cacheFolder);
    m_isRunning = true;
    if (!m_session.isBuilding(m_build))
        Q_EMIT progressed({vitrine::tr("The variants are built when what is running is done."), 0, 0});
}

void BuildFollower::cancel()
{
    if (m_isRunning)
        m_session.cancelBuild(m_build);
}

void BuildFollower::end(quint64 build, const Result<QString>& folder)
{
    if (!m_isRunning || build != m_build)
        return;
    m_isRunning = false;
    if (folder)
        Q_EMIT built(*folder);
    else if (folder.isCancelled())
        Q_EMIT cancelled();
    else
        Q_EMIT failed(folder.error());
}

} // namespace vitrine
