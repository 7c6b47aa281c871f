#include "core/base/literals.h"
#include "core/base/tr.h"
#include "core/session/session_state.h"

namespace vitrine {

void SessionState::setInput(const QString& variantId, const Preprocessing& preprocessing,
                            const Labels& labels, LabelMisfit misfit)
{
    Entry* found = entry(variantId);
    if (!found)
        return;
    restart(*found);
    if (found->result.variant.preprocessing != preprocessing)
        found->result.variant.origins.remove(u"preprocessing"_s);
    found->result.variant.preprocessing = preprocessing;
    setLabels(variantId, labels);
    found->result.variant.labelsMustFit = misfit == LabelMisfit::Refused;
}

void SessionState::setCheckpointOptions(const QString& variantId, const DeitOptions& options)
{
    Entry* found = entry(variantId);
    if (!found)
        return;
    restart(*found);
    found->result.variant.deit = options;
}

void SessionState::setReading(const QString& variantId, const Variant& before, const Variant& now)
{
    Entry* found = entry(variantId);
    if (!found || found->result.variant.deit != now.deit)
        return;
    Variant& variant = found->result.variant;
    variant.classes = now.classes;
    variant.heads = now.heads;
    variant.weights = now.weights;
    variant.notices = now.notices;
    variant.origins = now.origins;
    if (variant.preprocessing == before.preprocessing)
        variant.preprocessing = now.preprocessing;
    else
        variant.origins.remove(u"preprocessing"_s);
    if (variant.labels == before.labels)
        variant.labels = now.labels;
    else
        variant.origins.remove(u"labels"_s);
    if (variant.classes > 0)
        refuseLabels(*found, variant.classes);
    m_hasNews = true;
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
