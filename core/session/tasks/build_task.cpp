#include "core/session/tasks/build_task.h"

#include "core/build/variant_set_cache.h"
#include "core/session/model_store.h"
#include "core/session/session_state.h"

namespace vitrine {

void BuildTask::run(const TaskContext& context)
{
    const auto backend = context.models.backend();
    const auto build = [&](EngineBackend& engine) {
        return m_cacheFolder.isEmpty() ? buildVariantSet(m_request, engine, context.control)
                                       : cachedVariantSet(m_request, m_cacheFolder, engine, context.control);
    };
    const auto set = backend ? build(**backend) : Result<VariantSet>(backend.failure());
    const Result<QString> folder = set ? Result<QString>(set->folder) : Result<QString>(set.failure());
    context.post(
        [build = m_build, folder](SessionState& state) { state.listener().buildEnded(build, folder); });
}

} // namespace vitrine
