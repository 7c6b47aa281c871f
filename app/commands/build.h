#pragma once

#include "core/session/comparison_session.h"

namespace vitrine::cli {

/// Builds a variant set; shows progress and prints what fails. Gives the exit status.
int buildSet(const BuildRequest& request);

} // namespace vitrine::cli
