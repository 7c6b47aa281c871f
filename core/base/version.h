#pragma once

#include <QString>

namespace vitrine {

/// Vitrine's own version, "0.1.0".
QString version();

} // namespace vitrine
