#pragma once

#include "core/base/literals.h"
#include "core/compare/comparison.h"
#include "core/session/run_request.h"

#include <QHash>

#include <optional>
#include <vector>

namespace vitrine {

/// A sample, and whose it is.
struct Measurement
{
    QString variantId; ///< Or its twinId().
    LatencySample sample;
};

/// One benchmark: all its latencies were taken together and may be compared.
class BenchmarkRecord
{
public:
    BenchmarkRecord(RunSettings settings, MachineStamp stamp, BenchmarkPlan plan,
                    const QStringList& variantIds);

    const RunSettings& settings() const { return m_settings; }
    const MachineStamp& stamp() const { return m_stamp; }
    const BenchmarkFacts& facts() const { return m_facts; }

    bool measures(const QString& variantId) const { return m_variants.contains(variantId); }
    void ranIn(const QString& process) { m_stamp.process = process; } ///< MachineStamp::process
    void append(const std::vector<Measurement>& measurements);
    bool hasSamples() const; ///< Beyond warm-up.
    void end(StopReason reason) { m_facts.stopped = reason; }
    void cutShort() { m_facts.isCutShort = true; }
    void forget(const QString& variantId);

    /// Fills in what was measured of the variant `result.id`: samples and what follows from them.
    void describe(VariantResult& result) const;
    /// Verdict and ratio of `result` to the baseline, both described before. No ratio where there are too few
    /// rounds for a verdict.
    void judge(VariantResult& result, const VariantResult& baseline) const;
    /// The one with the least median and, by verdict, those that cannot be told from it; empty where there
    /// are too few rounds for that. All were described before.
    QStringList fastest(const std::vector<VariantResult>& variants) const;

private:
    /// Estimated with few resamples and for many rounds while the benchmark runs, since that takes time on
    /// the session's thread; once and thoroughly when it has ended.
    struct KnownRatio
    {
        std::size_t samples = 0; ///< Of both.
        bool isFinal = false;
        RatioEstimate estimate;
    };

    /// Null: they have no round in common.
    const RatioEstimate* ratioOf(const VariantResult& result, const VariantResult& baseline) const;

    RunSettings m_settings;
    MachineStamp m_stamp;
    BenchmarkFacts m_facts;
    struct Measured
    {
        std::vector<LatencySample> warmUps;
        std::vector<LatencySample> samples;
        Shared<LatencyResult> result; ///< As it was last asked for.
        bool isStale = false;         ///< There are samples that `result` does not know yet.
    };

    mutable QHash<QString, Measured> m_variants;                     ///< By id.
    mutable QHash<std::pair<QString, QString>, KnownRatio> m_ratios; ///< By baseline's and variant's id.
};

/// The last benchmark of every setting, and the last variant against itself. A new one takes the place of
/// the old one with its first sample, and gives it back if it ends in its warm-up.
class LatencyLog
{
public:
    enum class Kind { Variants, AgainstItself };

    void begin(BenchmarkRecord record, Kind kind);
    /// The one that began last, before its first sample (see MachineStamp::process).
    void ranIn(const QString& process);
    /// Of the benchmark that began last. What was forgotten since is ignored.
    void append(const std::vector<Measurement>& measurements);
    bool end(StopReason reason); ///< Whether it has samples beyond warm-up.
    /// What follows the rounds of the one that ended last was cancelled; nothing happens if these were, too.
    void cutShort();
    void forget(const QString& variantId);
    void clear();

    const BenchmarkRecord* find(const RunSettings& settings) const;
    /// One for each of the settings that were measured with; the one that runs, or ran last, is the last.
    const std::vector<BenchmarkRecord>& records() const { return m_records; }
    const BenchmarkRecord* againstItself() const { return m_self.empty() ? nullptr : &m_self.back(); }

private:
    BenchmarkRecord* running();            ///< Null: it was cleared away.
    void replaceOlder();                   ///< With the one that has begun.
    std::vector<BenchmarkRecord>& alike(); ///< Of the kind of the one that began last.

    std::optional<BenchmarkRecord> m_begun;    ///< Has no sample yet.
    Kind m_kind = Kind::Variants;              ///< Of the one that began last.
    std::vector<BenchmarkRecord> m_records;    ///< The one that runs, or ran last, is the last.
    std::vector<BenchmarkRecord> m_self;       ///< None or one.
    bool m_hasMeasured = false;                ///< The one that ended last has samples.
    std::optional<BenchmarkRecord> m_replaced; ///< By the one that runs, or ran last.
};

/// The id under which a variant is measured a second time.
inline QString twinId(const QString& variantId)
{
    return variantId + u"/again"_s;
}

} // namespace vitrine
