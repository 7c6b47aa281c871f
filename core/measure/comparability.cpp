#include "core/measure/comparability.h"

#include "core/base/literals.h"
#include "core/base/tr.h"

#include <QLocale>
#include <QSet>

#include <algorithm>

namespace vitrine {

namespace {

QString orUnknown(const QString& text)
{
    return text.isEmpty() ? tr("unknown") : text;
}

/// One of the two may hold fewer variants, and so only some of the other's engines, or none.
bool haveCommonEngine(const MachineStamp& a, const MachineStamp& b)
{
    const auto enginesOf = [](const MachineStamp& stamp) {
        const QStringList engines = stamp.quantizedEngine.split(u", "_s, Qt::SkipEmptyParts);
        return QSet<QString>(engines.begin(), engines.end());
    };
    const QSet<QString> ofA = enginesOf(a);
    const QSet<QString> ofB = enginesOf(b);
    return ofA.contains(ofB) || ofB.contains(ofA);
}

/// The load above which others take processor time that the run needs.
double highestLoad(const MachineStamp& stamp)
{
    const int others = std::max(stamp.virtualCpus - stamp.threads, 0);
    return std::min(stamp.threads, stamp.virtualCpus) + 0.5 * others;
}

} // namespace

QStringList whyNotComparable(const MachineStamp& a, const MachineStamp& b)
{
    QStringList differences;
    const auto compare = [&](const QString& what, const QString& one, const QString& other) {
        if (one != other)
            differences << tr("%1: %2 and %3").arg(what, orUnknown(one), orUnknown(other));
    };
    const auto library = [](const MachineStamp& stamp) {
        return QString(stamp.engineName + u' ' + stamp.engineVersion).trimmed();
    };
    compare(tr("library"), library(a), library(b));
    compare(tr("processor"), a.cpuModel, b.cpuModel);
    compare(tr("threads"), QString::number(a.threads), QString::number(b.threads));
    if (!haveCommonEngine(a, b))
        compare(tr("quantized engine"), a.quantizedEngine, b.quantizedEngine);
    compare(tr("BLAS"), a.blas, b.blas);
    compare(tr("preprocessing"), a.preprocessing, b.preprocessing);
    compare(tr("image"), a.imageSha256.left(12), b.imageSha256.left(12));
    compare(tr("what was timed"), a.timed, b.timed);
    return differences;
}

std::vector<MeasurementWarning> measurementWarnings(const MachineStamp& stamp)
{
    std::vector<MeasurementWarning> warnings;
    if (stamp.blas.startsWith(u"reference"_s))
        warnings.push_back({tr("Matrix products are computed by the slow reference BLAS."),
                            tr("Install libopenblas0-openmp, which makes models several times faster.")});
    if (stamp.blas.contains(u"pthread"_s))
        warnings.push_back({tr("OpenBLAS runs threads of its own (pthreads), which wait for LibTorch's."),
                            tr("Install libopenblas0-openmp and remove libopenblas0-pthread.")});
    if (stamp.governor == u"powersave"_s)
        warnings.push_back({tr("The processor is set to save power, and changes its speed as it runs."),
                            tr("Set it to its full speed while you measure: cpupower frequency-set -g "
                               "performance.")});
    if (stamp.load > highestLoad(stamp))
        warnings.push_back({tr("Other programs keep the machine busy (load %1 on %2 processors).")
                                .arg(QLocale().toString(stamp.load, 'f', 1))
                                .arg(stamp.virtualCpus),
                            tr("End them, or wait until they are done, and measure again.")});
    return warnings;
}

} // namespace vitrine
