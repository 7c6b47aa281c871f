#include "core/session/latency_log.h"

#include <algorithm>
#include <utility>

namespace vitrine {

BenchmarkRecord::BenchmarkRecord(RunSettings settings, MachineStamp stamp, BenchmarkPlan plan,
                                 const QStringList& variantIds)
    : m_settings(std::move(settings)), m_stamp(std::move(stamp)), m_facts{std::move(plan), {}}
{
    for (const QString& id : variantIds)
        m_variants.insert(id, {});
}

void BenchmarkRecord::append(const std::vector<Measurement>& measurements)
{
    for (const Measurement& measurement : measurements) {
        const auto found = m_variants.find(measurement.variantId);
        if (found == m_variants.end())
            continue;
        const LatencySample& sample = measurement.sample;
        (sample.isWarmUp() ? found->warmUps : found->samples).push_back(sample);
        found->isStale = true;
    }
}

bool BenchmarkRecord::hasSamples() const
{
    return std::ranges::any_of(m_variants, [](const Measured& each) { return !each.samples.empty(); });
}

void BenchmarkRecord::forget(const QString& variantId)
{
    m_variants.remove(variantId);
    m_variants.remove(twinId(variantId));
    m_ratios.clear();
}

void BenchmarkRecord::describe(VariantResult& result) const
{
    const auto found = m_variants.find(result.id);
    if (found == m_variants.end())
        return;
    if (std::exchange(found->isStale, false))
        found->result = LatencyResult::of(found->warmUps, found->samples);
    result.latency = found->result;
}

void BenchmarkRecord::judge(VariantResult& result, const VariantResult& baseline) const
{
    if (result.id == baseline.id) {
        result.verdict = result.latency->samples.empty() ? Verdict::Unmeasured : Verdict::Baseline;
        return;
    }
    const RatioEstimate* estimate = ratioOf(result, baseline);
    if (!estimate)
        return;
    result.verdict = verdictOf(*estimate);
    if (result.verdict != Verdict::TooFewSamples)
        result.ratio = *estimate;
}

QStringList BenchmarkRecord::fastest(const std::vector<VariantResult>& variants) const
{
    const auto medianOf = [](const VariantResult& result) { return result.latency->median; };
    const auto least = std::ranges::min_element(variants, {}, medianOf);
    if (least == variants.end() || least->latency->n < roundsForVerdict)
        return {};
    QStringList ids{least->id};
    for (const VariantResult& result : variants) {
        if (result.id == least->id)
            continue;
        const RatioEstimate* estimate = ratioOf(result, *least);
        const Verdict verdict = estimate ? verdictOf(*estimate) : Verdict::Unmeasured;
        if (verdict == Verdict::TooFewSamples || verdict == Verdict::Unmeasured)
            return {};
        if (verdict == Verdict::Indistinguishable)
            ids << result.id;
    }
    return ids;
}

const RatioEstimate* BenchmarkRecord::ratioOf(const VariantResult& result,
                                              const VariantResult& baseline) const
{
    constexpr int resamplesWhileRunning = 1000;
    const bool isFinal = m_facts.stopped.has_value();
    const std::size_t samples = result.latency->samples.size() + baseline.latency->samples.size();
    KnownRatio& known = m_ratios[{baseline.id, result.id}];
    const bool isFresh = isFinal ? known.isFinal && known.samples == samples
                                 : known.samples > 0 && samples < known.samples + known.samples / 8 + 2;
    if (!isFresh) {
        const PairedSamples pairs = pairedByRound(baseline.latency->samples, result.latency->samples);
        if (pairs.samples.empty())
            return nullptr;
        const int resamples = isFinal ? bootstrapResamples : resamplesWhileRunning;
        known = {samples, isFinal,
                 estimateRatio(pairs.baseline, pairs.samples, m_facts.plan.seed,
                               affordableResamples(pairs.samples.size(), resamples))};
    }
    return &known.estimate;
}

void LatencyLog::begin(BenchmarkRecord record, Kind kind)
{
    m_begun = std::move(record);
    m_kind = kind;
}

std::vector<BenchmarkRecord>& LatencyLog::alike()
{
    return m_kind == Kind::AgainstItself ? m_self : m_records;
}

void LatencyLog::replaceOlder()
{
    m_replaced.reset();
    const auto older = std::ranges::find_if(alike(), [this](const BenchmarkRecord& record) {
        return m_kind == Kind::AgainstItself || record.settings() == m_begun->settings();
    });
    if (older != alike().end()) {
        m_replaced = std::move(*older);
        alike().erase(older);
    }
    alike().push_back(*std::exchange(m_begun, std::nullopt));
}

BenchmarkRecord* LatencyLog::running()
{
    if (m_begun)
        replaceOlder();
    return alike().empty() ? nullptr : &alike().back();
}

void LatencyLog::ranIn(const QString& process)
{
    if (m_begun)
        m_begun->ranIn(process);
}

void LatencyLog::append(const std::vector<Measurement>& measurements)
{
    if (BenchmarkRecord* record = running())
        record->append(measurements);
}

bool LatencyLog::end(StopReason reason)
{
    m_hasMeasured = false;
    BenchmarkRecord* record = m_begun ? nullptr : running();
    m_begun.reset();
    if (!record)
        return false;
    record->end(reason);
    m_hasMeasured = record->hasSamples();
    if (m_replaced && !m_hasMeasured)
        *record = *std::move(m_replaced);
    m_replaced.reset();
    return m_hasMeasured;
}

void LatencyLog::cutShort()
{
    if (m_hasMeasured && !m_records.empty() && m_records.back().facts().stopped != StopReason::Cancelled)
        m_records.back().cutShort();
}

void LatencyLog::forget(const QString& variantId)
{
    for (auto* records : {&m_records, &m_self})
        for (BenchmarkRecord& record : *records)
            record.forget(variantId);
    for (std::optional<BenchmarkRecord>* record : {&m_begun, &m_replaced})
        if (*record)
            (*record)->forget(variantId);
}

void LatencyLog::clear()
{
    *this = {};
}

const BenchmarkRecord* LatencyLog::find(const RunSettings& settings) const
{
    const auto found = std::ranges::find(m_records, settings, &BenchmarkRecord::settings);
    return found == m_records.end() ? nullptr : &*found;
}

} // namespace vitrine
