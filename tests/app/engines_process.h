#pragma once

#include "tests/app/vitrine_process.h"

#include <csignal>

namespace vitrine::test {

/// Where the program finds the two fake engines, and no display.
inline QProcessEnvironment withFakeEngines()
{
    QProcessEnvironment environment = withoutDisplay();
    environment.insert(u"VITRINE_PLUGIN_DIR"_s, QStringLiteral(VITRINE_FAKE_ENGINES));
    return environment;
}

/// The program while it runs.
class RunningVitrine
{
public:
    explicit RunningVitrine(const QStringList& arguments,
                            const QProcessEnvironment& environment = withFakeEngines())
    {
        m_process.setProcessEnvironment(environment);
        m_process.setReadChannel(QProcess::StandardError);
        m_process.start(QStringLiteral(VITRINE_EXECUTABLE), arguments);
    }

    QProcess& process() { return m_process; }
    /// Waits until it has said this on standard error.
    bool waitFor(const QByteArray& text)
    {
        while (!m_errors.contains(text) && m_process.waitForReadyRead(60'000))
            readErrors();
        return m_errors.contains(text);
    }
    void send(int signal) { ::kill(pid_t(m_process.processId()), signal); }
    Run end()
    {
        const bool ended =
            m_process.waitForFinished(60'000) && m_process.exitStatus() == QProcess::NormalExit;
        readErrors();
        return {ended ? m_process.exitCode() : -1, m_process.readAllStandardOutput(), m_errors};
    }

private:
    void readErrors() { m_errors += m_process.readAllStandardError(); }

    QProcess m_process;
    QByteArray m_errors;
};

} // namespace vitrine::test
