#pragma once

#include "core/measure/machine_stamp.h"

#include <QString>
#include <QStringList>

#include <vector>

namespace vitrine {

/// Why latencies under these two stamps must not stand side by side: one line for each difference that
/// matters ("threads: 1 and 2"), among library, processor, threads, quantized engine, BLAS, preprocessing,
/// image and what was timed. Empty: they are comparable. Load, time, seed and Vitrine's version do not
/// matter, nor libraries and quantized engines that only one of the two has, as it holds more variants: but a
/// library that both have there must be.
QStringList whyNotComparable(const MachineStamp& a, const MachineStamp& b);

/// Something that makes latencies worse than they need be or less to be relied on.
struct MeasurementWarning
{
    QString text;   ///< What is wrong, one sentence.
    QString remedy; ///< What to do about it, one sentence.

    bool operator==(const MeasurementWarning&) const = default;
};

/// About the machine that the stamp describes: a reference BLAS, OpenBLAS with threads of its own, a governor
/// that saves power, and a load, before the run, of more than the run's own threads and half of the other
/// processors (a run just before counts for as many threads as it had). What is unknown is not warned of.
std::vector<MeasurementWarning> measurementWarnings(const MachineStamp& stamp);

} // namespace vitrine
