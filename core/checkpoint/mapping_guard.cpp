#include "core/checkpoint/mapping_guard.h"

#include <array>
#include <csignal>
#include <cstdint>
#include <mutex>
#include <sys/mman.h>
#include <unistd.h>

namespace vitrine {

/// All that the signal's handler touches is atomic and lies in a table that never moves.
struct MappingGuard::Range
{
    std::atomic<bool> isTaken = false;
    std::atomic<std::uintptr_t> begin = 0;
    std::atomic<std::uintptr_t> end = 0; ///< 0: not guarded yet, or no longer.
    std::atomic<bool> wasHit = false;
};

struct MappingFaults
{
    using Range = MappingGuard::Range;

    static std::array<Range, MappingGuard::most> ranges;
    static std::uintptr_t pageSize;
    static struct sigaction before;

    /// Puts zeros in the place of what the file no longer has. False: this is none of our memory.
    static bool mend(std::uintptr_t address)
    {
        for (Range& range : ranges) {
            const std::uintptr_t end = range.end;
            if (address < range.begin || address >= end)
                continue;
            const std::uintptr_t page = address - address % pageSize;
            range.wasHit = true;
            // NOLINTNEXTLINE(performance-no-int-to-ptr): an address is all that a signal brings.
            return mmap(reinterpret_cast<void*>(page), end - page, PROT_READ,
                        MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED | MAP_NORESERVE, -1, 0) != MAP_FAILED;
        }
        return false;
    }

    /// What is not ours happens again at once, and then meets whoever listened before.
    static void handle(int, siginfo_t* info, void*)
    {
        if (!mend(reinterpret_cast<std::uintptr_t>(info->si_addr)))
            sigaction(SIGBUS, &before, nullptr);
    }

    static void listen()
    {
        pageSize = std::uintptr_t(sysconf(_SC_PAGESIZE));
        struct sigaction action = {};
        action.sa_sigaction = handle;
        action.sa_flags = SA_SIGINFO;
        sigemptyset(&action.sa_mask);
        sigaction(SIGBUS, &action, &before);
    }
};

std::array<MappingGuard::Range, MappingGuard::most> MappingFaults::ranges;
std::uintptr_t MappingFaults::pageSize = 4096;
struct sigaction MappingFaults::before = {};

MappingGuard::MappingGuard(const void* begin, std::size_t size)
{
    static std::once_flag once;
    std::call_once(once, MappingFaults::listen);
    for (Range& range : MappingFaults::ranges) {
        if (range.isTaken.exchange(true))
            continue;
        m_range = &range;
        m_range->wasHit = false;
        m_range->begin = reinterpret_cast<std::uintptr_t>(begin);
        m_range->end = m_range->begin + size;
        return;
    }
}

MappingGuard::~MappingGuard()
{
    if (!m_range)
        return;
    m_range->end = 0;
    m_range->isTaken = false;
}

bool MappingGuard::wasHit() const
{
    return m_range && m_range->wasHit;
}

} // namespace vitrine
