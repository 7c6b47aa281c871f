#include "core/base/tr.h"
#include "core/checkpoint/checkpoint.h"
#include "core/checkpoint/script_contents.h"
#include "core/session/session_state.h"
#include "core/session/tasks/tasks.h"

#include <QFileInfo>

namespace vitrine {

namespace {

Result<ScriptContents> describeContent(const FileIdentity& identity, const QString& path)
{
    ScriptContents description;
    if (identity.isCheckpoint()) {
        const auto checkpoint = readCheckpoint(path);
        if (!checkpoint)
            return checkpoint.failure();
        description.parameters = checkpoint->count();
        return description;
    }
    if (const auto reason = whyNotModel(identity))
        return *reason;
    if (identity.format == FileFormat::VariantSet)
        return description;
    return readScriptContents(path);
}

void describe(const QString& path, const TaskContext& context)
{
    context.control.report({tr("Reading %1").arg(QFileInfo(path).fileName()), 0, 0});
    const auto identity = identify(path);
    const auto description = identity ? describeContent(*identity, path) : identity.failure();
    if (description)
        context.post(
            [=](SessionState& state) { Q_EMIT state.events().described(path, *identity, *description); });
    else if (!description.isCancelled())
        context.post([path, error = description.error()](SessionState& state) {
            Q_EMIT state.events().describeFailed(path, error);
        });
}

} // namespace

Task describeTask(const QString& path)
{
    return [path](const TaskContext& context) { describe(path, context); };
}

} // namespace vitrine
