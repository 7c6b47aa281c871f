#pragma once

#include <QtGlobal>

#include <chrono>

namespace vitrine {

/// As durations stand in files and in the window.
inline double milliseconds(std::chrono::nanoseconds duration)
{
    return std::chrono::duration<double, std::milli>(duration).count();
}

/// Of 10^6 bytes, as sizes stand everywhere.
inline double megabytes(qint64 bytes)
{
    return static_cast<double>(bytes) / 1e6;
}

} // namespace vitrine
