#pragma once

#include <QObject>

namespace vitrine::cli {

/// Turns what asks the process to end into a signal of the event loop while it lives: Ctrl+C (SIGINT),
/// SIGTERM, and SIGHUP unless it is ignored (nohup). The second one ends the process at once. Make it before
/// any other thread, so that none of them is interrupted.
class Interrupts : public QObject
{
    Q_OBJECT

public:
    Interrupts();
    ~Interrupts() override;

    bool happened() const { return m_signal != 0; }
    /// Once it happened: what the process exits with, as a shell would say it (130 after Ctrl+C).
    int exitStatus() const;

Q_SIGNALS:
    void interrupted();

private:
    void handle();

    int m_descriptor = -1; ///< Where the signals are read from.
    int m_signal = 0;      ///< 0: none yet.
};

} // namespace vitrine::cli
