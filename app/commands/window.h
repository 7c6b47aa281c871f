#pragma once

#include "core/demo/demo_set.h"

#include <QStringList>

#include <optional>

namespace vitrine::cli {

/// Shows the window with these files in it, or with the demo; returns when it was closed. Under a
/// QApplication.
int runWindow(const QStringList& files, const std::optional<DemoRequest>& demo = {});

} // namespace vitrine::cli
