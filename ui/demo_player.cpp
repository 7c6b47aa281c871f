#include "ui/demo_player.h"

#include "core/demo/demo_run.h"

namespace vitrine {

DemoPlayer::DemoPlayer(ComparisonSession& session, QObject* parent) : QObject(parent), m_session(session) {}

void DemoPlayer::play(const DemoRequest& request, std::function<void()> chooseThreads)
{
    if (m_run)
        return;
    auto set = findDemoSet(request);
    if (!set) {
        Q_EMIT failed(set.error());
        return;
    }
    m_run = new DemoRun(m_session, *std::move(set), demoCacheFolder(), std::move(chooseThreads), this);
    follow();
    m_run->start();
}

bool DemoPlayer::isPlaying() const
{
    return m_run != nullptr;
}

void DemoPlayer::follow()
{
    Q_EMIT stepChanged(tr("Preparing the demo…"));
    connect(&m_session, &ComparisonSession::progressed, m_run, [this](const Progress& progress) {
        Q_EMIT stepChanged(tr("Preparing the demo: %1…").arg(progress.step));
    });
    connect(m_run, &DemoRun::ended, this, [this] {
        m_run->deleteLater();
        m_run.clear();
        Q_EMIT stepChanged({});
        Q_EMIT ended();
    });
}

} // namespace vitrine
