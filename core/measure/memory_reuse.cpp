#include "core/measure/memory_reuse.h"

#include <cstdlib>
#include <limits>

#ifdef __GLIBC__
#include <malloc.h>
#endif

namespace vitrine {

void keepFreedMemory()
{
#ifdef __GLIBC__
    constexpr int never = std::numeric_limits<int>::max();
    constexpr int mostOfOldVersions = 32 * 1024 * 1024;
    ::mallopt(M_TRIM_THRESHOLD, never);
    if (::mallopt(M_MMAP_THRESHOLD, never) == 0)
        ::mallopt(M_MMAP_THRESHOLD, mostOfOldVersions);
#endif
}

void giveBackFreedMemory()
{
#ifdef __GLIBC__
    ::malloc_trim(0);
#endif
}

} // namespace vitrine
