#pragma once

#include "core/base/units.h"

#include <QJsonValue>
#include <QString>

#include <optional>

namespace vitrine {

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
