#pragma once

#include <QString>

#include <chrono>

namespace vitrine {

/// Three significant digits where they mean something, in the user's locale: "0.087", "6.42", "22.9", "346".
QString formatNumber(double value);

QString formatMegabytes(qint64 bytes);                         ///< "22.9 MB"; 1 MB = 10^6 bytes.
QString formatMilliseconds(std::chrono::nanoseconds duration); ///< "12.3 ms"
QString formatDuration(std::chrono::seconds duration);         ///< "8 s", "2 min 5 s", "1 h 3 min"
QString formatPercent(double probability);                     ///< 0.294 -> "29.4 %"

/// A file name for display: the last part of a path.
QString displayFileName(const QString& path);

} // namespace vitrine
