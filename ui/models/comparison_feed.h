#pragma once

#include "core/compare/comparison.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

namespace vitrine {

class ComparisonSession;

/// The latest snapshot of a session, for everything that shows one. Takes a new one when the session says
/// that something changed, but at most 20 times a second while it works.
class ComparisonFeed : public QObject
{
    Q_OBJECT

public:
    explicit ComparisonFeed(ComparisonSession& session, QObject* parent = nullptr);

    const Comparison& current() const { return *m_current; }
    /// Takes a snapshot now.
    void refresh();

Q_SIGNALS:
    void changed(const vitrine::Comparison& comparison);

private:
    void refreshSoon();

    ComparisonSession& m_session;
    std::shared_ptr<const Comparison> m_current;
    QElapsedTimer m_sinceRefresh;
    QTimer m_pending;
};

} // namespace vitrine
