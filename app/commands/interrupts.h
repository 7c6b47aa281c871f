#pragma once

#include <QObject>

namespace vitrine::cli {

/// Turns Ctrl+C into a signal of the event loop while it lives; the second one ends the process at once.
/// Make it before any other thread, so that none of them is interrupted.
class Interrupts : public QObject
{
    Q_OBJECT

public:
    Interrupts();
    ~Interrupts() override;

    bool happened() const { return m_happened; }

Q_SIGNALS:
    void interrupted();

private:
    void handle();

    int m_descriptor = -1; ///< Where the signals are read from.
    bool m_happened = false;
};

} // namespace vitrine::cli
