#pragma once

#include "core/base/result.h"

#include <QStringList>

namespace vitrine {

/// What a process that runs foreign files gives up, for itself and all its threads, for good: writing and
/// changing files, starting programs, the network, and new privileges. What it has open stays open.
/// Gives what could not be had, each as a notice for the user; mostly nothing. libseccomp.
QStringList enterFence();

/// Limits what the process can allocate in all (RLIMIT_DATA), once its engine is loaded. 0: to three quarters
/// of what the machine has, beside what it has taken already. Usage: that would leave no room for a model;
/// an engine and its BLAS would wait for ever for what they never get.
Status limitMemory(qint64 bytes);

} // namespace vitrine
