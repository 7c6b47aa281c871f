#pragma once

#include "core/session/comparison_session.h"

#include <QObject>

namespace vitrine {

/// One build of a session at a time, from asking for it to its one end; what else the session does is not
/// told. Lives on the session's thread, and not longer than it. Destruction lets the build go on.
class BuildFollower : public QObject
{
    Q_OBJECT

public:
    explicit BuildFollower(ComparisonSession& session, QObject* parent = nullptr);

    /// ComparisonSession::buildVariants(). Then exactly one of built(), failed() and cancelled() comes, also
    /// when somebody else cancels or clears the session. Precondition: !isRunning().
    void start(const BuildRequest& request, const QString& cacheFolder = {});
    /// Of a build that waits, cancelled() comes before it returns. Nothing while idle.
    void cancel();

    bool isRunning() const { return m_isRunning; }
    /// Whether this is the build that was started last; it may have ended.
    bool follows(quint64 build) const { return m_build == build; }

Q_SIGNALS:
    /// Of this build alone; the first one says so where the build must wait.
    void progressed(const vitrine::Progress& progress);
    void built(const QString& folder);
    void failed(const vitrine::Error& error);
    void cancelled();

private:
    void end(quint64 build, const Result<QString>& folder);

    ComparisonSession& m_session;
    quint64 m_build = 0; ///< 0: none yet.
    bool m_isRunning = false;
};

} // namespace vitrine
