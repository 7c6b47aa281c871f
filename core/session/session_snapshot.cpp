#include "core/session/session_state.h"
#include "core/tr.h"

#include <algorithm>

namespace vitrine {

MachineStamp SessionState::stampOf(MachineStamp measured, const Preprocessing& preprocessing) const
{
    measured.engineName = m_backend.name;
    measured.engineVersion = m_backend.version;
    measured.blas = m_backend.blas;
    measured.preprocessing = preprocessing.toText();
    return measured;
}

void SessionState::describeLatencies(Comparison& comparison) const
{
    const BenchmarkRecord* record = m_latencies.find(m_settings);
    const VariantResult* baseline = comparison.baseline();
    comparison.stamp = stampOf(record ? record->stamp() : m_machine,
                               baseline ? baseline->variant.preprocessing : Preprocessing());
    comparison.stamp.threads = m_settings.threads;
    QStringList engines;
    for (const VariantResult& result : comparison.variants)
        if (result.enabled && !result.quantizedEngine.isEmpty() && !engines.contains(result.quantizedEngine))
            engines << result.quantizedEngine;
    comparison.stamp.quantizedEngine = engines.join(QStringLiteral(", "));
    if (!record)
        return;
    comparison.benchmark = record->facts();
    for (VariantResult& result : comparison.variants)
        record->describe(result);
    for (VariantResult& result : comparison.variants)
        if (baseline && result.enabled)
            record->judge(result, *baseline);
}

std::optional<SelfComparison> SessionState::selfComparison() const
{
    const BenchmarkRecord* record = m_latencies.againstItself();
    const auto found = std::ranges::find_if(
        m_variants, [&](const Entry& entry) { return record && record->measures(entry.result.id); });
    if (found == m_variants.end())
        return std::nullopt;
    SelfComparison self{found->result.id, stampOf(record->stamp(), found->result.variant.preprocessing),
                        record->facts(), found->result, found->result};
    self.first.quantizedEngine = engineOf(*found);
    self.stamp.quantizedEngine = self.first.quantizedEngine;
    record->describe(self.first);
    record->judge(self.first, self.first);
    self.second.id = twinId(self.first.id);
    self.second.quantizedEngine = self.first.quantizedEngine;
    self.second.variant.name = tr("%1 (again)").arg(self.first.variant.name);
    record->describe(self.second);
    record->judge(self.second, self.first);
    return self;
}

Comparison SessionState::snapshot() const
{
    Comparison comparison;
    comparison.currentImageId = m_currentImageId;
    comparison.baselineId = m_baselineId;
    for (const Image& image : m_images)
        comparison.images.push_back(image.result);
    for (const Entry& entry : m_variants)
        comparison.variants.emplace_back(entry.result).quantizedEngine = engineOf(entry);
    for (const Image& image : m_images)
        for (const Entry& entry : m_variants)
            if (const Classification* result = resultOf(image, entry))
                comparison.predictions.push_back({image.result.id, entry.result.id, *result});
    describeLatencies(comparison);
    comparison.selfComparison = selfComparison();
    return comparison;
}

} // namespace vitrine
