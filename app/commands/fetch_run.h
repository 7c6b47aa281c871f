#pragma once

#include "core/session/fetch_and_build.h"

namespace vitrine::cli {

/// Downloads and builds in the terminal: says from where to where, shows progress, what is kept after Ctrl+C,
/// and in the end what there is. Gives the exit status.
int runFetch(const FetchRequest& request, bool asJson);

} // namespace vitrine::cli
