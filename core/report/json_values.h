#pragma once

#include <QJsonValue>
#include <QString>

#include <chrono>
#include <optional>

namespace vitrine {

/// As durations stand in JSON and CSV.
inline double milliseconds(std::chrono::nanoseconds duration)
{
    return std::chrono::duration<double, std::milli>(duration).count();
}

/// In milliseconds; null where it is not known.
inline QJsonValue orNull(const std::optional<std::chrono::nanoseconds>& duration)
{
    return duration ? QJsonValue(milliseconds(*duration)) : QJsonValue();
}

inline QJsonValue orNull(const QString& text)
{
    return text.isEmpty() ? QJsonValue() : QJsonValue(text);
}

} // namespace vitrine
