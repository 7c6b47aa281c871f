#include "app/commands/interrupts.h"

#include "app/commands/command.h"

#include <QSocketNotifier>

#include <csignal>
#include <sys/signalfd.h>
#include <unistd.h>

namespace vitrine::cli {

namespace {

sigset_t interruptSignal()
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGINT);
    return set;
}

} // namespace

Interrupts::Interrupts()
{
    const sigset_t set = interruptSignal();
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
    const sigset_t set = interruptSignal();
    pthread_sigmask(SIG_UNBLOCK, &set, nullptr);
    close(m_descriptor);
}

void Interrupts::handle()
{
    signalfd_siginfo info{};
    if (read(m_descriptor, &info, sizeof info) != sizeof info)
        return;
    if (m_happened)
        _exit(exitInterrupted);
    m_happened = true;
    Q_EMIT interrupted();
}

} // namespace vitrine::cli
