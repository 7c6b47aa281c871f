#include "ui/charts/chart_caption.h"

#include "core/base/literals.h"
#include "core/base/tr.h"
#include "core/compare/headline.h"
#include "core/compare/thread_sweep.h"

namespace vitrine {

namespace {

bool isOfBenchmark(ChartKind kind)
{
    return kind == ChartKind::Latency || kind == ChartKind::Drift || kind == ChartKind::Phases;
}

QString madeWith(const MachineStamp& stamp)
{
    QStringList parts{stampText(stamp)};
    if (!stamp.operatingSystem.isEmpty())
        parts << stamp.operatingSystem;
    if (!stamp.vitrineVersion.isEmpty())
        parts << tr("Vitrine %1").arg(stamp.vitrineVersion);
    return parts.join(u", "_s);
}

/// "2026-01-02 03:04 UTC. Timed: forward pass only. Ended: precise enough: within 2 %."
QString measured(const MachineStamp& stamp, const BenchmarkFacts& benchmark)
{
    const QString time = stamp.time.toUTC().toString(u"yyyy-MM-dd HH:mm 'UTC. '"_s);
    return time + benchmarkText(benchmark);
}

QString captionOfSweep(const Comparison& comparison)
{
    MachineStamp stamp = comparison.threadSweep.front().stamp;
    stamp.threads = 0;
    QStringList lines{madeWith(stamp)};
    for (const ThreadPoint& point : comparison.threadSweep)
        lines << threadsText(point.threads) + u": "_s + measured(point.stamp, point.benchmark);
    if (const QString end = sweepEndText(comparison); !end.isEmpty())
        lines << end;
    return lines.join(u'\n');
}

} // namespace

QString chartCaption(const Comparison& comparison, ChartKind kind)
{
    if (kind == ChartKind::Threads && !comparison.threadSweep.empty())
        return captionOfSweep(comparison);
    QStringList lines{madeWith(comparison.stamp)};
    if (isOfBenchmark(kind) && comparison.benchmark)
        lines << measured(comparison.stamp, *comparison.benchmark);
    return lines.join(u'\n');
}

} // namespace vitrine
