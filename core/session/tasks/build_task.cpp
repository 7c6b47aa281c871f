#include "core/build/variant_set_builder.h"
#include "core/session/model_store.h"
#include "core/session/session_state.h"
#include "core/session/tasks/tasks.h"

namespace vitrine {

namespace {

Result<QString> builtSet(const BuildRequest& request, const QString& cacheFolder, const TaskContext& context)
{
    const auto id = engineForBuild(request, context.models.registry());
    if (!id)
        return id.failure();
    const auto engine = context.models.engine(*id);
    if (!engine)
        return engine.failure();
    const auto set = cacheFolder.isEmpty()
                         ? buildVariantSet(request, **engine, context.control)
                         : cachedVariantSet(request, cacheFolder, **engine, context.control);
    return set ? Result<QString>(set->folder) : set.failure();
}

} // namespace

Task buildTask(const BuildRequest& request, const QString& cacheFolder)
{
    return [=](const TaskContext& context) {
        context.post([build = context.job, folder = builtSet(request, cacheFolder, context)](
                         SessionState& state) { Q_EMIT state.events().buildEnded(build, folder); });
    };
}

} // namespace vitrine
