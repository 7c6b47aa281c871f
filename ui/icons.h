#pragma once

#include <QIcon>

namespace vitrine {

/// Drawn, not loaded: the same with every icon theme, and visible on light and dark.
QIcon runIcon();
QIcon stopIcon();

} // namespace vitrine
