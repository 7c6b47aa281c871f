#include "core/report/provenance.h"

#include "core/base/literals.h"
#include "core/base/tr.h"

#include <QStringList>

namespace vitrine {

QString stampText(const MachineStamp& stamp)
{
    const auto named = [](const QString& name, const QString& value) {
        return value.isEmpty() ? QString() : tr("%1: %2").arg(name, value);
    };
    QStringList parts{stamp.engines().join(u", "_s), stamp.blas,
                      named(tr("threads"), stamp.threads > 0 ? QString::number(stamp.threads) : QString()),
                      named(tr("quantized engine"), stamp.quantizedEngine), stamp.cpuModel};
    parts.removeAll(QString());
    return parts.join(u", "_s);
}

QString benchmarkText(const BenchmarkFacts& facts)
{
    const QString stopped = facts.stopped ? stopReasonText(*facts.stopped, facts.plan) : tr("it still runs");
    const QString text = tr("Timed: %1. Ended: %2.").arg(timedWorkText(facts.plan.timed), stopped);
    return facts.isCutShort ? text + u' ' + tr("What follows the rounds was cancelled.") : text;
}

} // namespace vitrine
