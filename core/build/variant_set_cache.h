#pragma once

#include "core/build/variant_set_builder.h"

namespace vitrine {

/// The variant set of request.source, from `cacheFolder` (made if needed) if it is there whole, else built
/// into it. Its folder is named after all that the variants depend on: the source's content, the request,
/// Vitrine's and the engine's version; so a set of other versions is never taken. A set with a file that is
/// missing or changed is built anew. request.folder is not used. The engine's thread.
Result<VariantSet> cachedVariantSet(const BuildRequest& request, const QString& cacheFolder, Engine& engine,
                                    const JobControl& control);

} // namespace vitrine
