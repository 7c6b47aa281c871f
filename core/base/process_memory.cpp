#include "core/base/process_memory.h"

#include "core/base/literals.h"

#include <QFile>

#include <limits>

#ifdef __GLIBC__
#include <malloc.h>
#endif

namespace vitrine {

namespace {

qint64 bytesOf(const QByteArray& status, const QByteArray& key)
{
    for (const QByteArray& line : status.split('\n'))
        if (line.startsWith(key))
            return 1024 * line.sliced(key.size()).simplified().split(' ').constFirst().toLongLong();
    return 0;
}

QByteArray statusOfThisProcess()
{
    QFile file(u"/proc/self/status"_s);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

ResidentMemory residentMemoryFromStatus(const QByteArray& status)
{
    return {bytesOf(status, "VmRSS:"), bytesOf(status, "VmHWM:")};
}

ResidentMemory residentMemory()
{
    return residentMemoryFromStatus(statusOfThisProcess());
}

qint64 privateMemoryBytes()
{
    return bytesOf(statusOfThisProcess(), "VmData:");
}

void forgetResidentPeak()
{
    giveBackFreedMemory();
    QFile file(u"/proc/self/clear_refs"_s);
    if (file.open(QIODevice::WriteOnly | QIODevice::Unbuffered))
        file.write("5");
}

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
