#include "core/base/literals.h"
#include "core/session/session_state.h"

#include "core/base/tr.h"
#include "core/model/imagenet_labels.h"

#include <algorithm>

namespace vitrine {

void SessionState::nameEngine(VariantResult& result) const
{
    if (const AvailableEngine* engine = m_engines.find(result.variant.engine))
        result.engineName = engine->info.name;
    result.engineVersion = m_ready.value(result.variant.engine).version;
}

MachineStamp SessionState::stampOf(MachineStamp measured, const Preprocessing& preprocessing,
                                   const std::vector<VariantResult>& variants) const
{
    for (const VariantResult& result : variants)
        if (const auto ready = m_ready.constFind(result.variant.engine);
            result.enabled && ready != m_ready.constEnd())
            measured.addEngine(ready->info.name, ready->version, ready->blas);
    if (std::ranges::none_of(variants, &VariantResult::enabled))
        for (const EngineFacts& ready : m_ready)
            measured.addEngine(ready.info.name, ready.version, ready.blas);
    measured.preprocessing = preprocessing.toText();
    return measured;
}

void SessionState::describeLatencies(Comparison& comparison) const
{
    const BenchmarkRecord* record = m_latencies.find(m_settings);
    const VariantResult* baseline = comparison.baseline();
    comparison.stamp =
        stampOf(record ? record->stamp() : m_machine,
                baseline ? baseline->variant.preprocessing : Preprocessing(), comparison.variants);
    comparison.stamp.threads = m_settings.threads;
    QStringList engines;
    for (const VariantResult& result : comparison.variants)
        if (result.enabled && !result.quantizedEngine.isEmpty() && !engines.contains(result.quantizedEngine))
            engines << result.quantizedEngine;
    comparison.stamp.quantizedEngine = engines.join(u", "_s);
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
    SelfComparison self{found->result.id,
                        stampOf(record->stamp(), found->result.variant.preprocessing, {found->result}),
                        record->facts(), found->result, found->result};
    nameEngine(self.first);
    nameEngine(self.second);
    self.first.quantizedEngine = quantizedEngineOf(*found, record->settings());
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

void SessionState::addMeasurements(VariantResult& result, const Entry& entry,
                                   const BenchmarkRecord* record) const
{
    const RunKey key = keyOf(entry);
    const auto current = findImage(m_currentImageId);
    if (current != m_images.end())
        result.measurements = m_results.others.value({key, current->result.sha256});
    result.freshProcess = m_results.freshProcesses.value(key);
    if (record)
        m_results.addPhases(result, {key, QByteArray::fromHex(record->stamp().imageSha256.toLatin1())},
                            record->facts().plan.timed);
}

ThreadPoint SessionState::threadPoint(const BenchmarkRecord& record, const Comparison& comparison) const
{
    const VariantResult* baseline = comparison.baseline();
    ThreadPoint point{record.stamp().threads,
                      stampOf(record.stamp(), baseline ? baseline->variant.preprocessing : Preprocessing(),
                              comparison.variants),
                      record.facts(),
                      {},
                      {}};
    point.stamp.quantizedEngine = comparison.stamp.quantizedEngine;
    for (const VariantResult& known : comparison.variants) {
        VariantResult result;
        result.id = known.id;
        result.variant = known.variant;
        result.colorIndex = known.colorIndex;
        result.engineName = known.engineName;
        result.engineVersion = known.engineVersion;
        result.quantizedEngine = known.quantizedEngine;
        record.describe(result);
        if (known.enabled && !result.latency->samples.empty())
            point.variants.push_back(std::move(result));
    }
    point.fastest = record.fastest(point.variants);
    if (const VariantResult* measured = baseline ? point.variant(baseline->id) : nullptr)
        for (VariantResult& result : point.variants)
            record.judge(result, *measured);
    return point;
}

std::vector<ThreadPoint> SessionState::threadSweep(const Comparison& comparison) const
{
    std::vector<const BenchmarkRecord*> alike;
    const std::vector<BenchmarkRecord>& records = m_latencies.records();
    for (const BenchmarkRecord& record : records) {
        const MachineStamp& last = records.back().stamp();
        if (record.settings().quantizedEngine == m_settings.quantizedEngine &&
            record.stamp().imageSha256 == last.imageSha256 && record.stamp().timed == last.timed)
            alike.push_back(&record);
    }
    std::vector<ThreadPoint> sweep;
    if (alike.size() < 2)
        return sweep;
    for (const BenchmarkRecord* record : alike)
        sweep.push_back(threadPoint(*record, comparison));
    std::erase_if(sweep, [](const ThreadPoint& point) { return point.variants.empty(); });
    std::ranges::sort(sweep, {}, &ThreadPoint::threads);
    return sweep.size() < 2 ? std::vector<ThreadPoint>() : sweep;
}

Comparison SessionState::snapshot() const
{
    Comparison comparison;
    comparison.currentImageId = m_currentImageId;
    comparison.baselineId = m_baselineId;
    for (const Image& image : m_images)
        comparison.images.push_back(image.result);
    for (const Entry& entry : m_variants) {
        VariantResult& result = comparison.variants.emplace_back(entry.result);
        nameEngine(result);
        result.quantizedEngine = quantizedEngineOf(entry);
        result.hasOwnEngine = !entry.ownEngine.isEmpty();
        result.predictions = m_results.predictions.value(keyOf(entry));
        if (!result.predictions.isEmpty()) // what a model has said also tells how many classes it has
            result.variant.classes = static_cast<int>((*result.predictions.cbegin())->logits.size());
        fillLabels(result.variant);
    }
    describeLatencies(comparison);
    const BenchmarkRecord* record = m_latencies.find(m_settings);
    for (std::size_t i = 0; i < m_variants.size(); ++i)
        addMeasurements(comparison.variants[i], m_variants[i], record);
    comparison.selfComparison = selfComparison();
    comparison.threadSweep = threadSweep(comparison);
    comparison.sweep = m_sweep.facts();
    return comparison;
}

} // namespace vitrine
