#include "core/session/latency_log.h"

#include <QSet>

#include <algorithm>

namespace vitrine {

void LatencyLog::begin(const RunSettings& settings, const MachineStamp& stamp, const QStringList& variantIds)
{
    m_begun = BenchmarkRecord{settings, stamp, {}};
    for (const QString& id : variantIds)
        m_begun->variants.insert(id, {});
}

BenchmarkRecord& LatencyLog::running()
{
    if (m_begun) {
        std::erase_if(m_records, [&](const auto& record) { return record.settings == m_begun->settings; });
        m_records.push_back(*std::exchange(m_begun, std::nullopt));
    }
    return m_records.back();
}

void LatencyLog::append(const std::vector<Measurement>& measurements)
{
    if (!m_begun && m_records.empty())
        return;
    BenchmarkRecord& record = running();
    QSet<QString> touched;
    for (const Measurement& measurement : measurements) {
        const auto found = record.variants.find(measurement.variantId);
        if (found == record.variants.end())
            continue;
        (measurement.isWarmUp ? found->warmUps : found->samples).push_back(measurement.duration);
        touched.insert(measurement.variantId);
    }
    for (const QString& id : touched)
        record.variants[id].summary = summarize(record.variants[id].samples);
}

void LatencyLog::forget(const QString& variantId)
{
    if (m_begun)
        m_begun->variants.remove(variantId);
    for (BenchmarkRecord& record : m_records)
        record.variants.remove(variantId);
}

void LatencyLog::clear()
{
    m_begun.reset();
    m_records.clear();
}

const BenchmarkRecord* LatencyLog::find(const RunSettings& settings) const
{
    const auto found = std::ranges::find(m_records, settings, &BenchmarkRecord::settings);
    return found == m_records.end() ? nullptr : &*found;
}

} // namespace vitrine
