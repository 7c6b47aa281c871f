#include "core/measure/resident_memory.h"

#include "core/base/literals.h"

#include <QFile>

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

} // namespace

ResidentMemory residentMemoryFromStatus(const QByteArray& status)
{
    return {bytesOf(status, "VmRSS:"), bytesOf(status, "VmHWM:")};
}

ResidentMemory residentMemory()
{
    QFile file(u"/proc/self/status"_s);
    return file.open(QIODevice::ReadOnly) ? residentMemoryFromStatus(file.readAll()) : ResidentMemory{};
}

void forgetResidentPeak()
{
#ifdef __GLIBC__
    malloc_trim(0);
#endif
    QFile file(u"/proc/self/clear_refs"_s);
    if (file.open(QIODevice::WriteOnly | QIODevice::Unbuffered))
        file.write("5");
}

} // namespace vitrine
