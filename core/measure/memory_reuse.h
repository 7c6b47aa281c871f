#pragma once

namespace vitrine {

/// From now on this process keeps memory that is freed, to use it again. By default glibc gives it back to
/// the system between two passes of a model, and each pass then begins by taking thousands of pages anew, in
/// a time that depends on the rest of the machine more than on the model. Any thread. Does nothing with
/// another C library.
void keepFreedMemory();

/// Gives back what is kept and not in use. Any thread; takes milliseconds.
void giveBackFreedMemory();

} // namespace vitrine
