#include "core/host/child_process.h"

#include "core/base/tr.h"

#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <csignal>
#include <cstring>

namespace vitrine {

namespace {

constexpr int killMilliseconds = 5'000;
constexpr qsizetype longestErrors = 2'000;

/// In the child, before the program is loaded.
void prepareChild(pid_t parent)
{
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (::getppid() != parent)
        ::_exit(1);
    const rlimit none{0, 0};
    ::setrlimit(RLIMIT_CORE, &none);
    ::signal(SIGINT, SIG_IGN);
}

} // namespace

ChildProcess::ChildProcess(const QString& program, const QStringList& arguments)
{
    m_process.setChildProcessModifier([parent = ::getpid()] { prepareChild(parent); });
    m_process.start(program, arguments);
}

bool ChildProcess::wait(std::chrono::milliseconds longest)
{
    constexpr int silentMilliseconds = 5; // where it has closed its output, that alone would not wait
    if (!m_process.waitForReadyRead(static_cast<int>(longest.count())))
        m_process.waitForFinished(silentMilliseconds);
    keepErrors();
    if (isRunning())
        return true;
    m_process.waitForFinished(0);
    keepErrors();
    return false;
}

void ChildProcess::kill()
{
    if (!isRunning())
        return;
    m_process.kill();
    m_process.waitForFinished(killMilliseconds);
}

QString ChildProcess::signalText() const
{
    return tr("signal %1, %2").arg(signal()).arg(QString::fromLocal8Bit(strsignal(signal())));
}

void ChildProcess::keepErrors()
{
    m_errors = (m_errors + m_process.readAllStandardError()).right(longestErrors);
}

} // namespace vitrine
