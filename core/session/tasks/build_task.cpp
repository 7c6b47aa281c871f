#include "core/base/literals.h"
#include "core/build/variant_set_builder.h"
#include "core/host/remembered_files.h"
#include "core/session/model_store.h"
#include "core/session/session_state.h"
#include "core/session/tasks/tasks.h"

namespace vitrine {

namespace {

/// Not what was made of somebody's script: that does what the script does.
void rememberBuilt(const VariantSet& set)
{
    if (set.architecture[u"type"_s] != u"deit"_s)
        return;
    std::vector<QByteArray> sha256s;
    for (const Variant& variant : set.variants)
        sha256s.push_back(variant.sha256);
    RememberedFiles().rememberBuilt(sha256s);
}

Result<QString> builtSet(const BuildRequest& request, const QString& cacheFolder, const TaskContext& context)
{
    const auto id = engineForBuild(request, context.models.registry());
    if (!id)
        return id.failure();
    const auto source = identify(request.source);
    if (!source)
        return source.failure();
    context.models.beginBuild(*source, context.control.stop);
    const auto engine = context.models.runner(*id);
    if (!engine)
        return engine.failure();
    const auto set = cacheFolder.isEmpty()
                         ? buildVariantSet(request, **engine, context.control)
                         : cachedVariantSet(request, cacheFolder, **engine, context.control);
    if (!set)
        return set.failure();
    rememberBuilt(*set);
    return set->folder;
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
