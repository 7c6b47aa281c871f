#pragma once

#include "core/session/latency_log.h"
#include "core/session/session_jobs.h"
#include "core/session/sweep_log.h"

#include <stop_token>

namespace vitrine {

/// What a session knows. Results are looked up by what they depend on, never copied into a variant: so
/// a variant that is enabled again, or an earlier setting, shows what is known without being asked.
/// The session's thread only.
class SessionState
{
public:
    explicit SessionState(EngineRegistry engines);

    QString addImage(SourceImage image);
    QString addVariant(Variant variant); ///< Makes its name unique among the variants here.
    /// false: there is no such image. Another one becomes current if it was.
    bool removeImage(const QString& id);
    bool removeVariant(const QString& id);

    QStringList imageIds() const;
    QStringList variantIds() const;
    std::shared_ptr<const SourceImage> image(const QString& id) const;
    /// Null when there is none. Valid until a variant is added or removed.
    VariantResult* variant(const QString& id);

    QString currentImageId() const { return m_currentImageId; }
    bool setCurrentImage(const QString& id);

    const RunSettings& settings() const { return m_settings; }
    void setSettings(const RunSettings& settings);
    void setInput(const QString& variantId, const Preprocessing& preprocessing, const Labels& labels);
    bool setBaseline(const QString& variantId); ///< false: nothing changed.
    /// As ComparisonSession::setVariantEngines(); the ids of the copies.
    QStringList setVariantEngines(const QString& variantId, const QStringList& engines);

    void setReady(const EngineReady& engine) { m_ready.insert(engine.info.id, engine); }
    QStringList quantizedEngines() const; ///< Of all that are ready.

    /// Whether this is what is asked for now: nothing was removed or set otherwise since.
    bool isCurrent(const ImageClassified& result) const;
    void keep(const ImageClassified& result) { m_results.insert(result.key, result.classification); }
    void keep(const LatencyMeasured& latency) { m_latencies.append(latency.measurements); }
    void keep(const BenchmarkEnded& ended) { m_sweep.endBenchmark(m_latencies.end(ended.reason)); }
    void keep(const ExtrasEnded& ended);
    void forgetResults();

    void setProbe(ProbeSettings probe) { m_probe = std::move(probe); }
    MeasurementCache& measurements() { return m_measurements; }
    SweepLog& sweep() { return m_sweep; }

    /// What is to be done now.
    RunJob classifyJob() const;
    RunJob profileJob() const;
    /// The same, and a benchmark begins. There is a baseline and an image.
    RunJob benchmarkJob(const BenchmarkPlan& plan, LatencyLog::Kind kind);
    /// Tries the baseline on each of these.
    RunJob calibrationJob(const std::vector<int>& threads) const;
    /// A benchmark of variants on this many threads, whatever the settings say; classifies nothing.
    RunJob sweepJob(const BenchmarkPlan& plan, int threads);
    /// Variants without labels carry ImageNet's where they fit (see fillLabels()).
    Comparison snapshot() const;

private:
    struct Image
    {
        ImageResult result;
        std::shared_ptr<const SourceImage> source;
        std::stop_source withdrawal;
    };
    struct Entry
    {
        VariantResult result; ///< Without what snapshot() looks up.
        QString ownEngine;    ///< Goes before that of the settings; empty: none.
        std::stop_source withdrawal;
    };

    std::vector<Image>::const_iterator findImage(const QString& id) const;
    std::vector<Entry>::const_iterator findVariant(const QString& id) const;
    Entry* entry(const QString& id);
    static QString askedEngine(const Entry& entry, const RunSettings& settings);
    std::size_t baselineOf(const RunJob& job) const; ///< Its position. There is one.
    QString quantizedEngineOf(const Entry& entry) const { return quantizedEngineOf(entry, m_settings); }
    QString quantizedEngineOf(const Entry& entry, const RunSettings& settings) const;
    ResultKey keyOf(const QByteArray& imageSha256, const Entry& entry) const;
    ResultKey keyOf(const Image& image, const Entry& entry) const;
    const Classification* resultOf(const Image& image, const Entry& entry) const;
    QString uniqueName(const QString& name) const;
    void addPredictions(Comparison& comparison) const;
    void nameEngine(VariantResult& result) const;
    /// With the engines that the enabled ones of these run on, as far as they are ready.
    MachineStamp stampOf(MachineStamp measured, const Preprocessing& preprocessing,
                         const std::vector<VariantResult>& variants) const;
    void addMeasurements(VariantResult& result, const Entry& entry, const BenchmarkRecord* record) const;
    void describeLatencies(Comparison& comparison) const;
    std::optional<SelfComparison> selfComparison() const;
    RunJob benchmarkJob(const BenchmarkPlan& plan, LatencyLog::Kind kind, const RunSettings& settings);
    ThreadPoint threadPoint(const BenchmarkRecord& record, const Comparison& comparison) const;
    std::vector<ThreadPoint> threadSweep(const Comparison& comparison) const;

    std::vector<Image> m_images;
    std::vector<Entry> m_variants;
    QString m_currentImageId;
    QString m_baselineId;
    RunSettings m_settings;
    EngineRegistry m_engines;
    QMap<QString, EngineReady> m_ready; ///< By id.
    QHash<ResultKey, Classification> m_results;
    MachineStamp m_machine;
    LatencyLog m_latencies;
    SweepLog m_sweep;
    MeasurementCache m_measurements;
    ProbeSettings m_probe;
    int m_imagesAdded = 0;
    int m_variantsAdded = 0;
};

} // namespace vitrine
