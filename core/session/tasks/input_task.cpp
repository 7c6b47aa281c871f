#include "core/base/tr.h"
#include "core/model/variant_set.h"
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

Task rereadTask(const QString& variantId, const Variant& variant, const DeitOptions& options)
{
    return [=, path = variant.path, before = variant.deit](const TaskContext& context) {
        context.control.report({tr("Reading %1").arg(QFileInfo(path).fileName()), 0, 0});
        const auto said = inputOf(path, before);
        const auto says = inputOf(path, options);
        if (says)
            context.post([id = variantId, said = said ? *said : Variant(),
                          says = *says](SessionState& state) { state.setReading(id, said, says); });
        else if (!says.isCancelled())
            context.post([id = variantId, error = says.error()](SessionState& state) {
                state.setVariantState(id, VariantState::Failed, error);
            });
    };
}

} // namespace vitrine
