#include "core/base/literals.h"
#include "core/session/session_state.h"

#include "core/base/tr.h"
#include "core/model/variant.h"

#include <algorithm>

namespace vitrine {

VariantResult SessionState::describe(const Entry& entry, const RunSettings& settings) const
{
    VariantResult result = entry.result;
    const EngineFacts ready = m_ready.value(result.variant.engine);
    if (const AvailableEngine* engine = m_engines.find(result.variant.engine))
        result.engineName = engine->info.name;
    result.engineVersion = ready.version;
    result.quantizedEngine =
        quantizedEngineFor(result.variant, askedEngine(entry, settings), ready.quantizedEngines);
    result.hasOwnEngine = !entry.ownEngine.isEmpty();
    return result;
}

RunKey SessionState::keyOf(const VariantResult& described, const RunSettings& settings)
{
    return runKeyOf(described.variant, described.engineVersion, settings.threads, described.quantizedEngine);
}

VariantResult SessionState::resultOf(const Entry& entry, const ImageResult* current) const
{
    VariantResult result = describe(entry, m_settings);
    const RunKey key = keyOf(result, m_settings);
    result.predictions = m_results.predictions.value(key);
    if (!result.predictions.isEmpty()) // what a model has said also tells how many classes it has
        result.variant.classes = static_cast<int>((*result.predictions.cbegin())->logits.size());
    fillLabels(result.variant);
    if (current)
        result.measurements = m_results.others.value({key, current->sha256});
    result.freshProcess = m_results.freshProcesses.value(key);
    if (const BenchmarkRecord* record = m_latencies.find(m_settings)) {
        const auto image = QByteArray::fromHex(record->stamp().imageSha256.toLatin1());
        result.phases = m_results.phases.value({key, image});
        if (const auto& coldStart = result.freshProcess->coldStart) {
            result.phases.load = coldStart->load;
            result.phases.firstForward = coldStart->firstForward;
        }
    }
    return result;
}

MachineStamp SessionState::stampOf(MachineStamp measured, const VariantResult* baseline,
                                   const std::vector<VariantResult>& variants) const
{
    QStringList quantizedEngines;
    for (const VariantResult& result : variants) {
        if (!result.enabled)
            continue;
        if (const auto ready = m_ready.constFind(result.variant.engine); ready != m_ready.constEnd())
            measured.addEngine(ready->info.name, ready->version, ready->blas);
        if (!result.quantizedEngine.isEmpty() && !quantizedEngines.contains(result.quantizedEngine))
            quantizedEngines << result.quantizedEngine;
    }
    if (std::ranges::none_of(variants, &VariantResult::enabled))
        for (const EngineFacts& ready : m_ready)
            measured.addEngine(ready.info.name, ready.version, ready.blas);
    measured.quantizedEngine = quantizedEngines.join(u", "_s);
    measured.preprocessing = (baseline ? baseline->variant.preprocessing : Preprocessing()).toText();
    return measured;
}

void SessionState::addLatencies(Comparison& comparison) const
{
    const BenchmarkRecord* record = m_latencies.find(m_settings);
    const VariantResult* baseline = comparison.baseline();
    comparison.stamp = stampOf(record ? record->stamp() : m_machine, baseline, comparison.variants);
    comparison.stamp.threads = m_settings.threads;
    if (!record)
        return;
    comparison.benchmark = record->facts();
    for (VariantResult& result : comparison.variants) {
        record->describe(result);
        if (result.latency->n > 0 && record->facts().plan.timed == TimedWork::Forward)
            result.phases.steadyForward = result.latency->median;
    }
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
    const VariantResult result = describe(*found, record->settings());
    SelfComparison self{result.id, stampOf(record->stamp(), &result, {result}), record->facts(), result,
                        result};
    self.stamp.quantizedEngine = result.quantizedEngine;
    self.second.id = twinId(result.id);
    self.second.variant.name = tr("%1 (again)").arg(result.variant.name);
    for (VariantResult* each : {&self.first, &self.second}) {
        record->describe(*each);
        record->judge(*each, self.first);
    }
    return self;
}

ThreadPoint SessionState::threadPoint(const BenchmarkRecord& record, const Comparison& comparison) const
{
    const VariantResult* baseline = comparison.baseline();
    ThreadPoint point;
    point.threads = record.stamp().threads;
    point.stamp = stampOf(record.stamp(), baseline, comparison.variants);
    point.benchmark = record.facts();
    for (VariantResult result : comparison.variants) {
        record.describe(result);
        if (result.enabled && !result.latency->samples.empty())
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
    std::vector<ThreadPoint> sweep;
    const std::vector<BenchmarkRecord>& records = m_latencies.records();
    const auto isAlike = [&](const BenchmarkRecord& record) {
        const MachineStamp& last = records.back().stamp();
        return record.settings().quantizedEngine == m_settings.quantizedEngine &&
               record.stamp().imageSha256 == last.imageSha256 && record.stamp().timed == last.timed;
    };
    if (std::ranges::count_if(records, isAlike) < 2)
        return sweep;
    for (const BenchmarkRecord& record : records)
        if (isAlike(record))
            sweep.push_back(threadPoint(record, comparison));
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
    const ImageResult* current = comparison.image(m_currentImageId);
    for (const Entry& entry : m_variants)
        comparison.variants.push_back(resultOf(entry, current));
    comparison.threadSweep = threadSweep(comparison); // takes the variants without other latencies
    addLatencies(comparison);
    comparison.selfComparison = selfComparison();
    comparison.sweep = m_sweep.facts();
    return comparison;
}

} // namespace vitrine
