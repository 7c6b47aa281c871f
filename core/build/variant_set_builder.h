#pragma once

#include "core/base/progress.h"
#include "core/build/build_request.h"
#include "core/engine/engine_backend.h"
#include "core/model/variant_set.h"

#include <optional>

namespace vitrine {

/// Why variants cannot be made from a model file of this identity, though it can be loaded, for the user;
/// none when they can.
std::optional<Error> whyNotBuildable(const FileIdentity& identity);

/// Makes all variants of request.source in a hidden folder beside request.folder and moves it into place
/// when everything is there. A failure or a stop (looked for between the variants) leaves nothing behind
/// and an older set untouched. An older set is only replaced if its folder holds nothing else. From a
/// script there is no original, and `scripted` is a copy of it. The backend's thread.
Result<VariantSet> buildVariantSet(const BuildRequest& request, EngineBackend& backend,
                                   const JobControl& control);

} // namespace vitrine
