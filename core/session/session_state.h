#pragma once

#include "core/engine/engine_registry.h"
#include "core/engine/result_key.h"
#include "core/probe/model_probe.h"
#include "core/session/latency_log.h"
#include "core/session/run_request.h"
#include "core/session/session_events.h"
#include "core/session/sweep_log.h"

#include <QHash>
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

/// What was found out beside latency, by what it depends on.
struct MeasurementCache
{
    QHash<RunKey, Predictions> predictions;
    QHash<ResultKey, PhaseTimes> phases; ///< Of the image, and softmax; steady forward if latency is more.
    QHash<RunKey, Shared<FreshProcess>> freshProcesses;
    QHash<ResultKey, Shared<Measurements>> others;

    template <typename T>
    void keep(const ResultKey& key, T result)
    {
        others[key].edit().keep(std::move(result));
    }
};

/// What a session knows. Results are looked up by what they depend on, never copied into a variant: so
/// a variant that is enabled again, or an earlier setting, shows what is known without being asked.
/// The session's thread only.
class SessionState
{
public:
    SessionState(EngineRegistry engines, ProbeSettings probe, SessionEvents& events);
    SessionEvents& events() { return m_events; } ///< To be emitted.

    QString addImage(std::shared_ptr<const ImageSource> image);
    QString addVariant(const Variant& variant); ///< Makes its name unique among the variants here.
    void removeImage(const QString& id);        ///< Another one becomes current if it was.
    void removeVariant(const QString& id);

    const Variant* variant(const QString& id) const; ///< Null: there is none.
    QString currentImageId() const { return m_currentImageId; }
    void setCurrentImage(const QString& id);

    const RunSettings& settings() const { return m_settings; }
    void setSettings(const RunSettings& settings);
    void setInput(const QString& variantId, const StatedInput& input);
    void restart(const QString& variantId); ///< What runs it is withdrawn, and its error forgotten.
    /// What a checkpoint says with these options, or why it says nothing, and how it is fed then. What the
    /// user has set otherwise than it was read stays.
    void setReading(const QString& variantId, const DeitOptions& options, const Result<Variant>& read,
                    const std::optional<StatedInput>& input);
    void setFileOperators(const QString& variantId, FileOperators fileOperators);
    void setLabels(const QString& variantId, const Labels& labels);
    void setEnabled(const QString& variantId, bool enabled);
    void setBaseline(const QString& variantId);
    /// As ComparisonSession::setVariantEngines().
    void setVariantEngines(const QString& variantId, const QStringList& engines);
    void setVariantState(const QString& variantId, VariantState state, const std::optional<Error>& error);

    void endRuns(); ///< What loads or runs waits again: it was broken off.
    void setNotices(const QString& variantId, const QStringList& notices);
    /// What a variant said about an image. All its answers are of one kind: a row that can only be logits
    /// makes logits of all.
    void addPrediction(const RunKey& key, const QByteArray& image,
                       const std::shared_ptr<const Classification>& said);

    void setEngine(const EngineFacts& engine) { m_ready.insert(engine.info.id, engine); }
    QStringList quantizedEngines() const; ///< Of all engines that were made.
    const ProbeSettings& probe() const { return m_probe; }

    // What tasks find out:
    MeasurementCache& results() { return m_results; }
    LatencyLog& latencies() { return m_latencies; }
    SweepLog& sweep() { return m_sweep; }
    void forgetResults();

    /// Whether there is something that was not known when this was asked last: images, variants, inputs,
    /// settings.
    bool takeNews() { return std::exchange(m_hasNews, false); }

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
        Variant read;         ///< As its file was last read.
        QString ownEngine;    ///< Goes before that of the settings; empty: none.
        std::stop_source withdrawal;
    };

    Entry* entry(const QString& id); ///< Null: there is none.
    Entry newEntry(const Variant& variant, const QString& name);
    static void takeInput(Entry& entry, const StatedInput& input);
    void refuseLabels(Entry& entry, qsizetype classes); ///< Where they must fit, and do not; failed().
    void restart(Entry& entry);                         ///< withdraw(), and what went wrong is forgotten.
    void withdraw(Entry& entry);                        ///< From what runs it; its latencies are forgotten.
    QString uniqueName(const QString& name) const;
    static QString askedEngine(const Entry& entry, const RunSettings& settings);
    /// What it is, and what it runs under with these settings.
    VariantResult describe(const Entry& entry, const RunSettings& settings) const;
    static RunKey keyOf(const VariantResult& described, const RunSettings& settings);
    /// All but latencies. `current` is the current image, or null.
    VariantResult resultOf(const Entry& entry, const ImageResult* current) const;
    /// With what the enabled ones of these have in common: the engines that they run on, as far as those were
    /// made, and the input of `baseline`, which may be null.
    MachineStamp stampOf(MachineStamp measured, const VariantResult* baseline,
                         const std::vector<VariantResult>& variants) const;
    void addLatencies(Comparison& comparison) const;
    std::optional<SelfComparison> selfComparison() const;
    ThreadPoint threadPoint(const BenchmarkRecord& record, const Comparison& comparison) const;
    std::vector<ThreadPoint> threadSweep(const Comparison& comparison) const;

    SessionEvents& m_events;
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
