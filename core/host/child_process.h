#pragma once

#include <QProcess>

#include <chrono>

namespace vitrine {

/// A child process that may crash, hang or write without end. It does not outlive this object, nor the thread
/// that started it, leaves no core dump, and does not see the terminal's Ctrl+C. Used on one thread.
class ChildProcess
{
public:
    /// Begins to start it.
    ChildProcess(const QString& program, const QStringList& arguments);
    ~ChildProcess() { kill(); }
    ChildProcess(const ChildProcess&) = delete;
    ChildProcess& operator=(const ChildProcess&) = delete;

    /// False: systemReason() says why.
    bool hasStarted() { return m_process.waitForStarted(); }
    QString systemReason() const { return m_process.errorString(); }

    /// Waits until it has written something, or ended; at most so long. False: it has ended.
    bool wait(std::chrono::milliseconds longest);
    bool isRunning() const { return m_process.state() != QProcess::NotRunning; }
    void write(const QByteArray& bytes) { m_process.write(bytes); }
    QByteArray takeOutput() { return m_process.readAllStandardOutput(); }
    void kill();

    // Of one that has ended:
    bool hasCrashed() const { return m_process.exitStatus() == QProcess::CrashExit; }
    int signal() const { return m_process.exitCode(); } ///< That ended it, where it has crashed.
    QString signalText() const;                         ///< "signal 11, Segmentation fault"

    /// The end of what it wrote to standard error.
    QString errors() const { return QString::fromUtf8(m_errors).trimmed(); }

private:
    void keepErrors();

    QProcess m_process;
    QByteArray m_errors;
};

} // namespace vitrine
