#pragma once

#include "core/base/result.h"

#include <QString>
#include <QStringList>

#include <optional>

namespace vitrine {

/// The file that marks a folder as the demo's, and tells the comparison as text.
inline constexpr const char* demoReportFile = "vitrine-demo.txt";

/// Why the demo cannot write `files` (names) into `folder`; none when it can: it may be new, hold the files
/// of an earlier demo, or hold none of these names. Nothing else is ever overwritten. Changes nothing.
std::optional<Error> whyNotDemoFolder(const QString& folder, const QStringList& files);

/// Makes the folder if needed and writes the comparison's text into it, which marks it. Before the files:
/// what is written half is still known as the demo's.
Status writeDemoReport(const QString& folder, const QString& text);

} // namespace vitrine
