#include "core/session/tasks/build_task.h"

#include "core/build/variant_set_cache.h"
#include "core/session/model_store.h"
#include "core/session/session_state.h"

namespace vitrine {

void BuildTask::run(const TaskContext& context)
{
    const auto id = engineForBuild(m_request, context.models.registry());
    const auto engine = id ? context.models.engine(*id) : Result<Engine*>(id.failure());
    const auto build = [&](Engine& builder) {
        return m_cacheFolder.isEmpty() ? buildVariantSet(m_request, builder, context.control)
                                       : cachedVariantSet(m_request, m_cacheFolder, builder, context.control);
    };
    const auto set = engine ? build(**engine) : Result<VariantSet>(engine.failure());
    const Result<QString> folder = set ? Result<QString>(set->folder) : Result<QString>(set.failure());
    context.post(
        [build = m_build, folder](SessionState& state) { state.listener().buildEnded(build, folder); });
}

} // namespace vitrine
