#pragma once

#include <QByteArray>
#include <QDateTime>
#include <QJsonObject>
#include <QString>
#include <QStringList>

namespace vitrine {

/// Where and with what a result was measured. Empty strings: unknown.
struct MachineStamp
{
    QString vitrineVersion;
    QString qtVersion;
    // Of the engines that the variants ran on; several are joined by ", ", name and version in the same
    // order.
    QString engineName; ///< "LibTorch"
    QString engineVersion;
    QString blas;            ///< Each once.
    QString quantizedEngine; ///< The one that quantized variants ran under; several are joined by ", ".
    QString cpuModel;
    int virtualCpus = 0;
    QString governor; ///< CPU frequency governor.
    double load = -1; ///< One-minute load average, before the benchmark; -1 unknown.
    QString operatingSystem;
    int threads = 1;
    std::uint64_t seed = 0; ///< Of the benchmark; nothing else depends on it.
    QString preprocessing;  ///< Preprocessing::toText() of the baseline.
    QString imageSha256;    ///< Hex; of the image that was measured with.
    QString timed;          ///< timedWorkName() of what the clock surrounded; empty: nothing was measured.
    QString process;        ///< "own" or "host": where the models ran; empty: not known.
    QDateTime time;         ///< UTC.

    /// What can be known without an engine: versions, machine, load, time.
    static MachineStamp ofThisMachine();
    /// One more engine that variants ran on; nothing happens if it is there already.
    void addEngine(const QString& name, const QString& version, const QString& usesBlas);
    QStringList engines() const; ///< Each with its version: "LibTorch 1.13.1".
    QJsonObject toJson() const;
    /// What toJson() wrote; what is missing or of another type stays unknown.
    static MachineStamp fromJson(const QJsonObject& json);
};

/// Where and with what something was measured, in one line: libraries, BLAS, threads (unless 0), quantized
/// engine and processor.
///
/// "LibTorch 1.13.1, OpenBLAS (OpenMP), threads: 2, quantized engine: onednn, AMD EPYC"
QString stampText(const MachineStamp& stamp);

/// The processor's name in the text of /proc/cpuinfo; empty when it states none.
QString cpuModelFromCpuInfo(const QByteArray& cpuInfo);

/// The one-minute average in the text of /proc/loadavg; -1 when there is none.
double loadFromLoadAverage(const QByteArray& loadAverage);

} // namespace vitrine
