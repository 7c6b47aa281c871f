#pragma once

#include "core/demo/demo_set.h"
#include "core/session/comparison_session.h"

#include <QObject>
#include <QPointer>

#include <functional>

namespace vitrine {

class DemoRun;

/// Shows the demo in the window's session, one showing at a time, and tells how far it is.
class DemoPlayer : public QObject
{
    Q_OBJECT

public:
    explicit DemoPlayer(ComparisonSession& session, QObject* parent = nullptr);

    /// Begins unless it is being shown already, or failed(). For `chooseThreads` see DemoRun.
    void play(const DemoRequest& request, std::function<void()> chooseThreads);
    bool isPlaying() const;

Q_SIGNALS:
    void stepChanged(const QString& step); ///< What is being done, for the user; empty at the end.
    void failed(const vitrine::Error& error);
    void ended();

private:
    void follow();

    ComparisonSession& m_session;
    QPointer<DemoRun> m_run;
};

} // namespace vitrine
