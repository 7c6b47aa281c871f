#include "core/base/tr.h"
#include "core/model/variant_set.h"
#include "core/session/model_store.h"
#include "core/session/session_state.h"
#include "core/session/tasks/tasks.h"

#include <QFileInfo>

namespace vitrine {

namespace {

Result<Variant> inputOf(const QString& path, const DeitOptions& options)
{
    const auto identity = identify(path);
    if (!identity)
        return identity.failure();
    auto input = readInput(*identity, options);
    if (input)
        input->deit = options;
    return input;
}

} // namespace

Task inputTask(const QString& path, const DeitOptions& options)
{
    return [=](const TaskContext& context) {
        auto input = inputOf(path, options);
        if (input)
            fillLabels(*input);
        context.post([path, input](SessionState& state) { Q_EMIT state.events().inputRead(path, input); });
    };
}

Task rereadTask(SessionState& state, const QString& variantId, const DeitOptions& options,
                const std::optional<StatedInput>& input)
{
    const Variant* variant = state.variant(variantId);
    if (variant == nullptr || (variant->deit == options && !input))
        return {};
    return [=, path = variant->path](const TaskContext& context) {
        context.control.report({tr("Reading %1").arg(QFileInfo(path).fileName()), 0, 0});
        const auto read = inputOf(path, options);
        if (read.isCancelled() || context.control.stopRequested())
            return;
        context.models.unload(variantId);
        context.post([=](SessionState& now) { now.setReading(variantId, options, read, input); });
    };
}

} // namespace vitrine
