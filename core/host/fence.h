#pragma once

#include <QStringList>

namespace vitrine {

/// What a process that runs foreign files gives up, for itself and all its threads, for good: writing and
/// changing files, starting programs, the network, and new privileges. What it has open stays open.
/// Gives what could not be had, each as a notice for the user; mostly nothing. libseccomp.
QStringList enterFence();

/// Limits what the process can allocate from now on (RLIMIT_DATA). 0: to three quarters of what the machine
/// has. False: it cannot be limited.
bool limitMemory(qint64 bytes);

} // namespace vitrine
