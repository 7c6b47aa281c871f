#include "app/commands/interrupts.h"

#include "app/commands/command.h"

#include <QSocketNotifier>

#include <csignal>
#include <sys/signalfd.h>
#include <unistd.h>

namespace vitrine::cli {

namespace {

constexpr int exitOfSignal = 128; ///< Plus its number.

bool isIgnored(int signal)
{
    struct sigaction action = {};
    return sigaction(signal, nullptr, &action) == 0 && action.sa_handler == SIG_IGN;
}

sigset_t interruptSignals()
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGTERM);
    if (!isIgnored(SIGHUP))
        sigaddset(&set, SIGHUP);
    return set;
}

} // namespace

Interrupts::Interrupts()
{
    const sigset_t set = interruptSignals();
    m_descriptor = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
    if (m_descriptor < 0)
        return;
    pthread_sigmask(SIG_BLOCK, &set, nullptr);
    auto* notifier = new QSocketNotifier(m_descriptor, QSocketNotifier::Read, this);
    connect(notifier, &QSocketNotifier::activated, this, &Interrupts::handle);
}

Interrupts::~Interrupts()
{
    if (m_descriptor < 0)
        return;
    const sigset_t set = interruptSignals();
    pthread_sigmask(SIG_UNBLOCK, &set, nullptr);
    close(m_descriptor);
}

void Interrupts::handle()
{
    signalfd_siginfo info{};
    if (read(m_descriptor, &info, sizeof info) != sizeof info)
        return;
    if (happened())
        _exit(exitOfSignal + int(info.ssi_signo));
    m_signal = int(info.ssi_signo);
    Q_EMIT interrupted();
}

int Interrupts::exitStatus() const
{
    return exitOfSignal + m_signal;
}

} // namespace vitrine::cli
