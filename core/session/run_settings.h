#pragma once

#include <QString>

namespace vitrine {

/// How models are loaded and run. Changing it reloads what depends on it, and shows cached results of
/// the new setting if there are any.
struct RunSettings
{
    int threads = 1;
    QString quantizedEngine; ///< Empty: each variant under the best one here.
    bool operator==(const RunSettings&) const = default;
};

} // namespace vitrine
