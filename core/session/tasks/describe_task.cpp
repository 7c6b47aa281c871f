#include "core/session/tasks/describe_task.h"

#include "core/base/tr.h"
#include "core/checkpoint/checkpoint.h"
#include "core/session/model_store.h"
#include "core/session/session_state.h"

#include <QFileInfo>

namespace vitrine {

namespace {

Result<ModelDescription> describeCheckpoint(const QString& path)
{
    const auto checkpoint = readCheckpoint(path);
    if (!checkpoint)
        return checkpoint.failure();
    ModelDescription description;
    description.parameters = checkpoint->count();
    return description;
}

Result<ModelDescription> describeContent(const FileIdentity& identity, const QString& path,
                                         ModelStore& models)
{
    if (identity.isCheckpoint())
        return describeCheckpoint(path);
    if (const auto reason = whyNotModel(identity))
        return *reason;
    if (identity.format == FileFormat::VariantSet)
        return ModelDescription{};
    const AvailableEngine* opener = models.registry().forFormat(identity.format);
    const auto engine = models.engine(opener ? opener->info.id : QString());
    if (!engine)
        return engine.failure();
    return (*engine)->describe(path);
}

/// `path` as it was asked for.
void tellFailure(const TaskContext& context, const QString& path, const Error& error)
{
    context.post([path, error](SessionState& state) { state.listener().describeFailed(path, error); });
}

} // namespace

void DescribeTask::run(const TaskContext& context)
{
    context.control.report({tr("Reading %1").arg(QFileInfo(m_path).fileName()), 0, 0});
    const auto identity = identify(m_path);
    if (!identity)
        return tellFailure(context, m_path, identity.error());
    const auto description = describeContent(*identity, m_path, context.models);
    if (description)
        context.post([path = m_path, identity = *identity, description = *description](SessionState& state) {
            state.listener().described(path, identity, description);
        });
    else if (!description.isCancelled())
        tellFailure(context, m_path, description.error());
}

} // namespace vitrine
