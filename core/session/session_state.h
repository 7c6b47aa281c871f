#pragma once

#include "core/engine/engine_registry.h"
#include "core/probe/model_probe.h"
#include "core/session/latency_log.h"
#include "core/session/measurement_cache.h"
#include "core/session/run_request.h"
#include "core/session/session_listener.h"
#include "core/session/sweep_log.h"

#include <QMap>

#include <stop_token>

namespace vitrine {

/// What is known of an engine once it was made.
struct EngineFacts
{
    EngineInfo info;
    QString version;
    QString blas;
    QStringList quantizedEngines;
};

/// What a session knows. Results are looked up by what they depend on, never copied into a variant: so
/// a variant that is enabled again, or an earlier setting, shows what is known without being asked.
/// The session's thread only.
class SessionState
{
public:
    SessionState(EngineRegistry engines, SessionListener& listener);
    SessionListener& listener() { return m_listener; }

    QString addImage(std::shared_ptr<const ImageSource> image);
    QString addVariant(Variant variant); ///< Makes its name unique among the variants here.
    /// false: there is no such image. Another one becomes current if it was.
    bool removeImage(const QString& id);
    bool removeVariant(const QString& id);

    QStringList imageIds() const;
    QStringList variantIds() const;

    QString currentImageId() const { return m_currentImageId; }
    void setCurrentImage(const QString& id);

    const RunSettings& settings() const { return m_settings; }
    void setSettings(const RunSettings& settings);
    void setInput(const QString& variantId, const Preprocessing& preprocessing, const Labels& labels);
    void setEnabled(const QString& variantId, bool enabled);
    void setBaseline(const QString& variantId);
    /// As ComparisonSession::setVariantEngines().
    void setVariantEngines(const QString& variantId, const QStringList& engines);
    void setVariantState(const QString& variantId, VariantState state, const std::optional<Error>& error);

    void setEngine(const EngineFacts& engine) { m_ready.insert(engine.info.id, engine); }
    QStringList quantizedEngines() const; ///< Of all engines that were made.
    void setProbe(ProbeSettings probe) { m_probe = std::move(probe); }
    const ProbeSettings& probe() const { return m_probe; }

    // What tasks find out:
    MeasurementCache& results() { return m_results; }
    LatencyLog& latencies() { return m_latencies; }
    SweepLog& sweep() { return m_sweep; }
    void forgetResults();

    /// Whether there is something that was not known when this was asked last: images, variants, inputs,
    /// settings.
    bool takeNews() { return std::exchange(m_hasNews, false); }
    /// Whether an enabled variant has not said anything about an image.
    bool isAnythingUnknown() const;

    /// What is to be run now, with these settings.
    RunRequest request(const RunSettings& settings) const;
    RunRequest request() const { return request(m_settings); }
    /// Whether there is something to measure, and something to measure with; else failed() is told.
    bool canMeasure();
    QString baselineId() const; ///< Of the variant that is the baseline now; empty: none is enabled.

    /// Variants without labels carry ImageNet's where they fit (see fillLabels()).
    Comparison snapshot() const;

private:
    struct Image
    {
        ImageResult result;
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
    QString quantizedEngineOf(const Entry& entry) const { return quantizedEngineOf(entry, m_settings); }
    QString quantizedEngineOf(const Entry& entry, const RunSettings& settings) const;
    RunKey keyOf(const Entry& entry) const;
    QString uniqueName(const QString& name) const;
    void nameEngine(VariantResult& result) const;
    /// With the engines that the enabled ones of these run on, as far as they were made.
    MachineStamp stampOf(MachineStamp measured, const Preprocessing& preprocessing,
                         const std::vector<VariantResult>& variants) const;
    void addMeasurements(VariantResult& result, const Entry& entry, const BenchmarkRecord* record) const;
    void describeLatencies(Comparison& comparison) const;
    std::optional<SelfComparison> selfComparison() const;
    ThreadPoint threadPoint(const BenchmarkRecord& record, const Comparison& comparison) const;
    std::vector<ThreadPoint> threadSweep(const Comparison& comparison) const;

    SessionListener& m_listener;
    std::vector<Image> m_images;
    std::vector<Entry> m_variants;
    QString m_currentImageId;
    QString m_baselineId;
    RunSettings m_settings;
    EngineRegistry m_engines;
    QMap<QString, EngineFacts> m_ready; ///< By id.
    MachineStamp m_machine;
    LatencyLog m_latencies;
    SweepLog m_sweep;
    MeasurementCache m_results;
    bool m_hasNews = false;
    ProbeSettings m_probe;
    int m_imagesAdded = 0;
    int m_variantsAdded = 0;
};

} // namespace vitrine
