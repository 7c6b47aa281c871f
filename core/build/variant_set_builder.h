#pragma once

#include "core/base/progress.h"
#include "core/build/build_request.h"
#include "core/engine/engine_registry.h"
#include "core/model/variant_set.h"

#include <optional>

namespace vitrine {

/// Why variants cannot be made from a model file of this identity, though it can be loaded, for the user;
/// none when they can.
std::optional<Error> whyNotBuildable(const FileIdentity& identity);

/// Why request.folder must not be replaced by what is built of request.source, for the user; none when it
/// may: a source within the set would be lost if nothing takes its kind's place (`kinds`: those that are
/// built).
std::optional<Error> whyLost(const BuildRequest& request, const std::vector<VariantKind>& kinds);

/// Id of the engine that makes variants of request.source; an error where it cannot be read or built from.
Result<QString> engineForBuild(const BuildRequest& request, const EngineRegistry& engines);

/// Makes the variants of request.source, of all kinds that the engine builds, in a hidden folder beside
/// request.folder, tries each of them (see tryVariants()), and moves the folder into place when all is well.
/// A failure or a stop (looked for between the variants) leaves nothing behind and an older set untouched. An
/// older set is only replaced if its folder holds nothing else. From a script there is no original, and
/// `scripted` is a copy of it. The engine's thread.
Result<VariantSet> buildVariantSet(const BuildRequest& request, Engine& engine, const JobControl& control);

/// The variant set of request.source, from `cacheFolder` (made if needed) if it is there whole, else built
/// into it. Its folder is named after all that the variants depend on: the source's content, the request,
/// Vitrine's and the engine's version; so a set of other versions is never taken. A set with a file that is
/// missing or changed is built anew. request.folder is not used. The engine's thread.
Result<VariantSet> cachedVariantSet(const BuildRequest& request, const QString& cacheFolder, Engine& engine,
                                    const JobControl& control);

} // namespace vitrine
