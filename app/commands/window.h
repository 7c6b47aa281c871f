#pragma once

#include "core/demo/demo_set.h"

#include <QStringList>

#include <optional>

namespace vitrine::cli {

/// Shows the window with these files in it, or with the demo; returns when it was closed, which
/// SIGTERM and its like ask for, too. Work that hangs is waited for for some seconds, and then the process is
/// ended. Under a QApplication.
int runWindow(const QStringList& files, const std::optional<DemoRequest>& demo = {});

} // namespace vitrine::cli
