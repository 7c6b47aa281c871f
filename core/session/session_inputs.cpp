#include "core/base/literals.h"
#include "core/base/tr.h"
#include "core/session/session_state.h"

#include <utility>

namespace vitrine {

namespace {

/// What was not set otherwise than it was read follows.
void takeReading(Variant& variant, const Variant& before, const Variant& read)
{
    variant.classes = read.classes;
    variant.heads = read.heads;
    variant.weights = read.weights;
    variant.notices = read.notices;
    variant.origins = read.origins;
    if (variant.preprocessing == before.preprocessing)
        variant.preprocessing = read.preprocessing;
    else
        variant.origins.remove(u"preprocessing"_s);
    if (variant.labels == before.labels)
        variant.labels = read.labels;
    else
        variant.origins.remove(u"labels"_s);
}

} // namespace

void SessionState::takeInput(Entry& entry, const StatedInput& input)
{
    Variant& variant = entry.result.variant;
    if (variant.preprocessing != input.preprocessing)
        variant.origins.remove(u"preprocessing"_s);
    if (variant.labels != input.labels)
        variant.origins.remove(u"labels"_s);
    variant.preprocessing = input.preprocessing;
    variant.labels = input.labels;
    variant.labelsMustFit = input.misfit == LabelMisfit::Refused;
}

void SessionState::setInput(const QString& variantId, const StatedInput& input)
{
    Entry* found = entry(variantId);
    if (!found)
        return;
    restart(*found);
    takeInput(*found, input);
    const auto said = m_results.predictions.value(keyOf(describe(*found, m_settings), m_settings));
    if (!said.isEmpty())
        refuseLabels(*found, std::ssize(said.cbegin().value()->logits));
}

void SessionState::restart(const QString& variantId)
{
    if (Entry* found = entry(variantId))
        restart(*found);
}

void SessionState::setReading(const QString& variantId, const DeitOptions& options,
                              const Result<Variant>& read, const std::optional<StatedInput>& input)
{
    Entry* found = entry(variantId);
    if (!found)
        return;
    restart(*found);
    Variant& variant = found->result.variant;
    variant.deit = options;
    if (input)
        takeInput(*found, *input);
    if (!read)
        return setVariantState(variantId, VariantState::Failed, read.error());
    takeReading(variant, std::exchange(found->read, *read), *read);
    if (variant.classes > 0)
        refuseLabels(*found, variant.classes);
}

void SessionState::setFileOperators(const QString& variantId, FileOperators fileOperators)
{
    Entry* found = entry(variantId);
    if (!found)
        return;
    restart(*found);
    found->result.variant.fileOperators = fileOperators;
}

void SessionState::setLabels(const QString& variantId, const Labels& labels)
{
    Entry* found = entry(variantId);
    if (!found || found->result.variant.labels == labels)
        return;
    found->result.variant.labels = labels;
    found->result.variant.origins.remove(u"labels"_s);
}

void SessionState::refuseLabels(Entry& entry, qsizetype classes)
{
    Variant& variant = entry.result.variant;
    if (!variant.labelsMustFit || variant.labels.isEmpty() || variant.labels.size() == classes)
        return;
    Q_EMIT m_events.failed({ErrorKind::Incompatible,
                            tr("%1 tells %2 classes apart, but there are %3 labels: they are not used. Name "
                               "the labels that belong to it, or confirm these (Input settings in its menu).")
                                .arg(variant.name)
                                .arg(classes)
                                .arg(variant.labels.size())});
    variant.labels.clear();
}

} // namespace vitrine
