#pragma once

#include "core/base/units.h"

#include <QJsonArray>
#include <QString>

#include <functional>
#include <optional>

namespace vitrine {

/// In milliseconds; null where it is not known.
inline QJsonValue orNull(const std::optional<std::chrono::nanoseconds>& duration)
{
    return duration ? QJsonValue(milliseconds(*duration)) : QJsonValue();
}

template <typename Value>
QJsonValue orNull(const std::optional<Value>& value)
{
    return value ? QJsonValue(*value) : QJsonValue();
}

inline QJsonValue orNull(const QString& text)
{
    return text.isEmpty() ? QJsonValue() : QJsonValue(text);
}

/// `value` of each, in their order.
template <typename Items, typename Value = std::identity>
QJsonArray arrayOf(Items&& items, Value value = {})
{
    QJsonArray array;
    for (const auto& item : items)
        array.append(std::invoke(value, item));
    return array;
}

} // namespace vitrine
