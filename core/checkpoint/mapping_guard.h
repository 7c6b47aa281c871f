#pragma once

#include <cstddef>

namespace vitrine {

/// While it lives, a read of mapped memory whose file is no longer there (it was cut short, or the disk
/// fails) gives zeros instead of ending the process with SIGBUS, and is remembered. Any thread.
class MappingGuard
{
public:
    static constexpr int most = 4096; ///< That may live at once.

    MappingGuard(const void* begin, std::size_t size);
    ~MappingGuard();
    MappingGuard(const MappingGuard&) = delete;
    MappingGuard& operator=(const MappingGuard&) = delete;

    /// False: there are too many; the memory must not be read.
    bool isActive() const { return m_range != nullptr; }
    /// Whether zeros were read that are not in the file.
    bool wasHit() const;

private:
    struct Range;
    friend struct MappingFaults;

    Range* m_range = nullptr;
};

} // namespace vitrine
