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

/// Private memory of this process that can be written to, touched or not: what RLIMIT_DATA counts. 0: not
/// known.
qint64 privateMemoryBytes();

/// Lets the peak begin anew, and gives what was freed back to the system first, so that a model cannot hide
/// in it. Where the system does not allow it, the peak goes on.
void forgetResidentPeak();

/// From the text of /proc/self/status.
ResidentMemory residentMemoryFromStatus(const QByteArray& status);

/// From now on this process keeps memory that is freed, to use it again. By default glibc gives it back to
/// the system between two passes of a model, and each pass then begins by taking thousands of pages anew, in
/// a time that depends on the rest of the machine more than on the model. Any thread. Does nothing with
/// another C library.
void keepFreedMemory();

/// Gives back what is kept and not in use. Any thread; takes milliseconds.
void giveBackFreedMemory();

} // namespace vitrine
