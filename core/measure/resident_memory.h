#pragma once

#include <QByteArray>

namespace vitrine {

/// Pages of this process that are in memory, those of programs and libraries included. In bytes; 0 where the
/// system does not tell.
struct ResidentMemory
{
    qint64 now = 0;
    qint64 peak = 0; ///< Since the process began, or since forgetResidentPeak().
};

ResidentMemory residentMemory();

/// Lets the peak begin anew, and gives what was freed back to the system first, so that a model cannot hide
/// in it. Where the system does not allow it, the peak goes on.
void forgetResidentPeak();

/// From the text of /proc/self/status.
ResidentMemory residentMemoryFromStatus(const QByteArray& status);

} // namespace vitrine
