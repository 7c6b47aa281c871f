#pragma once

#include "core/session/comparison_session.h"

namespace vitrine::cli {

/// Builds a variant set; shows progress and prints what fails. Gives the exit status.
int buildSet(const BuildRequest& request);

/// Prints a variant set's files as a table, or its manifest. Gives the exit status.
int printSet(const QString& folder, bool asJson);

} // namespace vitrine::cli
