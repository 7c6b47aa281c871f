#pragma once

#include <QStringList>

namespace vitrine {

/// Shows the window with these files in it; returns when it was closed. Under a QApplication.
int runWindow(const QStringList& files);

} // namespace vitrine
