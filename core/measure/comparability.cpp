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

QStringList partsOf(const QString& joined)
{
    return joined.split(u", "_s, Qt::SkipEmptyParts);
}

/// One of the two may hold fewer variants, and so only some of what the other has, or nothing.
bool oneHoldsTheOther(const QStringList& a, const QStringList& b)
{
    const QSet<QString> ofA(a.begin(), a.end());
    const QSet<QString> ofB(b.begin(), b.end());
    return ofA.contains(ofB) || ofB.contains(ofA);
}

/// The same where nothing means that it is not known.
bool haveCommon(const QStringList& a, const QStringList& b)
{
    return a.isEmpty() == b.isEmpty() && oneHoldsTheOther(a, b);
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
    if (!haveCommon(a.engines(), b.engines()))
        compare(tr("library"), a.engines().join(u", "_s), b.engines().join(u", "_s));
    compare(tr("processor"), a.cpuModel, b.cpuModel);
    compare(tr("threads"), QString::number(a.threads), QString::number(b.threads));
    if (!oneHoldsTheOther(partsOf(a.quantizedEngine), partsOf(b.quantizedEngine)))
        compare(tr("quantized engine"), a.quantizedEngine, b.quantizedEngine);
    if (!haveCommon(partsOf(a.blas), partsOf(b.blas)))
        compare(tr("BLAS"), a.blas, b.blas);
    compare(tr("preprocessing"), a.preprocessing, b.preprocessing);
    compare(tr("image"), a.imageSha256.left(12), b.imageSha256.left(12));
    compare(tr("what was timed"), a.timed, b.timed);
    if (!a.process.isEmpty() && !b.process.isEmpty())
        compare(tr("process of the models"), a.process, b.process);
    return differences;
}

std::vector<MeasurementWarning> measurementWarnings(const MachineStamp& stamp)
{
    std::vector<MeasurementWarning> warnings;
    const auto isReference = [](const QString& blas) { return blas.startsWith(u"reference"_s); };
    if (std::ranges::any_of(partsOf(stamp.blas), isReference))
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
