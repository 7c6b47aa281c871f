#include "ui/models/comparison_feed.h"

#include "core/session/comparison_session.h"

namespace vitrine {

ComparisonFeed::ComparisonFeed(ComparisonSession& session, QObject* parent)
    : QObject(parent), m_session(session), m_current(session.snapshot())
{
    m_pending.setSingleShot(true);
    connect(&m_pending, &QTimer::timeout, this, &ComparisonFeed::refresh);
    connect(&session, &ComparisonSession::changed, this,
            [this](bool now) { now ? refresh() : refreshSoon(); });
}

void ComparisonFeed::refresh()
{
    m_pending.stop();
    m_sinceRefresh.start();
    m_current = m_session.snapshot();
    Q_EMIT changed(*m_current);
}

void ComparisonFeed::refreshSoon()
{
    constexpr std::chrono::milliseconds interval{50};
    if (!m_sinceRefresh.isValid() || m_sinceRefresh.hasExpired(interval.count()))
        refresh();
    else if (!m_pending.isActive())
        m_pending.start(interval - std::chrono::milliseconds(m_sinceRefresh.elapsed()));
}

} // namespace vitrine
