#pragma once

#include <QByteArray>
#include <QString>

namespace vitrine {

/// The processor's name in the text of /proc/cpuinfo; empty when it states none.
QString cpuModelFromCpuInfo(const QByteArray& cpuInfo);

/// The one-minute average in the text of /proc/loadavg; -1 when there is none.
double loadFromLoadAverage(const QByteArray& loadAverage);

} // namespace vitrine
