#pragma once

#include "core/measure/machine_stamp.h"
#include "core/measure/statistics.h"
#include "core/session/session_jobs.h"

#include <QHash>

#include <optional>
#include <vector>

namespace vitrine {

struct VariantLatency
{
    std::vector<std::chrono::nanoseconds> warmUps;
    std::vector<std::chrono::nanoseconds> samples;
    LatencySummary summary;
};

/// One benchmark: all its latencies were taken together and may be compared.
struct BenchmarkRecord
{
    RunSettings settings;
    MachineStamp stamp;
    QHash<QString, VariantLatency> variants; ///< By variant id.
};

/// The last benchmark of every setting. A new one takes the place of the old one with its first sample.
class LatencyLog
{
public:
    void begin(const RunSettings& settings, const MachineStamp& stamp, const QStringList& variantIds);
    /// Of the benchmark that began last. What was forgotten since is ignored.
    void append(const std::vector<Measurement>& measurements);
    void forget(const QString& variantId);
    void clear();

    const BenchmarkRecord* find(const RunSettings& settings) const;

private:
    BenchmarkRecord& running();

    std::optional<BenchmarkRecord> m_begun; ///< Has no sample yet.
    std::vector<BenchmarkRecord> m_records; ///< The one that runs, or ran last, is the last.
};

} // namespace vitrine
