#include "core/base/tr.h"
#include "core/base/units.h"
#include "core/compare/agreement.h"
#include "core/report/columns.h"

#include <functional>

namespace vitrine {

namespace {

using Row = ResultRow;
using std::chrono::nanoseconds;

template <typename Value>
Cell orNothing(const std::optional<Value>& value)
{
    return value ? Cell(*value) : Cell();
}

Cell orNothing(const std::optional<nanoseconds>& duration)
{
    return duration ? Cell(milliseconds(*duration)) : Cell();
}

Cell orNothing(const std::optional<Error>& error)
{
    return error ? Cell(error->message) : Cell();
}

Cell orNothing(const QString& text)
{
    return text.isEmpty() ? Cell() : Cell(text);
}

const ClassScore* best(const Row& row)
{
    const Classification* prediction = row.image ? row.result.prediction(*row.image) : nullptr;
    return prediction && !prediction->top.empty() ? &prediction->top.front() : nullptr;
}

QString label(const Row& row, const ClassScore& score)
{
    return labelFor(row.result.variant.labels, score.index);
}

/// "2 of 3": on how many images the first class is the baseline's.
Cell agreement(const Row& row)
{
    if (!row.comparison)
        return {};
    const VariantResult* baseline = row.comparison->baseline();
    const int same = baseline ? agreementOf(*row.comparison, row.result, *baseline).same : 0;
    return tr("%1 of %2").arg(same).arg(row.comparison->images.size());
}

template <auto duration>
Cell time(const Row& row)
{
    const LatencySummary& latency = *row.result.latency;
    return latency.n > 0 ? Cell(milliseconds(std::invoke(duration, latency))) : Cell();
}

template <auto bound>
Cell ratio(const Row& row)
{
    return row.result.ratio ? Cell(std::invoke(bound, *row.result.ratio)) : Cell();
}

double low(const RatioEstimate& estimate)
{
    return estimate.ci95.low;
}

double high(const RatioEstimate& estimate)
{
    return estimate.ci95.high;
}

Cell verdict(const Row& row)
{
    const Verdict verdict = row.result.verdict;
    return verdict == Verdict::Unmeasured ? Cell() : Word{verdictName(verdict), verdictText(verdict)};
}

Cell badge(const Row& row)
{
    const auto& badge = row.result.latency->badge;
    return badge ? Cell(Word{badgeName(*badge), badgeText(*badge)}) : Cell();
}

Cell coldStart(const Row& row)
{
    const auto& start = row.result.freshProcess->coldStart;
    return start ? Cell(milliseconds(start->total())) : Cell();
}

Cell stopped(const Row& row)
{
    const auto* benchmark = row.comparison ? &row.comparison->benchmark : nullptr;
    return benchmark && *benchmark && (*benchmark)->stopped ? Cell(stopReasonName(*(*benchmark)->stopped))
                                                            : Cell();
}

template <auto value>
Cell stamp(const Row& row)
{
    return row.stamp ? Cell(std::invoke(value, *row.stamp)) : Cell();
}

Cell seed(const MachineStamp& stamp)
{
    return stamp.timed.isEmpty() ? Cell() : Cell(static_cast<qint64>(stamp.seed));
}

Cell load(const MachineStamp& stamp)
{
    return stamp.load < 0 ? Cell() : Cell(stamp.load);
}

QString isoTime(const MachineStamp& stamp)
{
    return stamp.time.toString(Qt::ISODateWithMs);
}

#define TITLE(text) QT_TRANSLATE_NOOP("vitrine", text)

using enum Unit;
constexpr const char* none = nullptr;

const Column allColumns[] = {
    {"image", none, none, Text, Subject::Prediction,
     [](const Row& row) { return row.image ? Cell(row.image->path) : Cell(); }},

    {"id", none, none, Text, Subject::Variant, [](const Row& row) -> Cell { return row.result.id; }},
    {"name", TITLE("Variant"), TITLE("variant"), Text, Subject::Variant,
     [](const Row& row) -> Cell { return row.result.variant.name; }},
    {"kind", TITLE("Kind"), TITLE("kind"), Text, Subject::Variant,
     [](const Row& row) -> Cell { return kindName(row.result.variant.kind); }},
    {"path", none, none, Text, Subject::Variant,
     [](const Row& row) -> Cell { return row.result.variant.path; }},
    {"model", none, none, Text, Subject::Variant,
     [](const Row& row) -> Cell { return row.result.variant.path; }},
    {"bytes", TITLE("Size"), TITLE("size"), Bytes, Subject::Variant,
     [](const Row& row) -> Cell { return row.result.variant.bytes; }},
    {"sha256", none, none, Text, Subject::Variant,
     [](const Row& row) -> Cell { return QString::fromLatin1(row.result.variant.sha256.toHex()); }},
    {"preprocessing", none, none, Text, Subject::Variant,
     [](const Row& row) -> Cell { return row.result.variant.preprocessing.toText(); }},
    {"quantized_engine", none, none, Text, Subject::Variant,
     [](const Row& row) { return orNothing(row.result.quantizedEngine); }},
    {"variant_engine", none, none, Text, Subject::Variant,
     [](const Row& row) { return orNothing(row.result.engineName); }},
    {"variant_engine_version", none, none, Text, Subject::Variant,
     [](const Row& row) { return orNothing(row.result.engineVersion); }},
    {"engine_text", TITLE("Engine"), TITLE("engine"), Text, Subject::Variant,
     [](const Row& row) {
         return orNothing(QString(row.result.engineName + u' ' + row.result.engineVersion).trimmed());
     }},
    {"error", none, none, Text, Subject::Variant, [](const Row& row) { return orNothing(row.result.error); }},

    {"top1", TITLE("Top-1"), TITLE("top-1"), Text, Subject::Prediction,
     [](const Row& row) {
         const ClassScore* score = best(row);
         return score ? Cell(QString::number(score->index) + u' ' + label(row, *score)) : Cell();
     }},
    {"top1_index", none, none, Count, Subject::Prediction,
     [](const Row& row) { return best(row) ? Cell(best(row)->index) : Cell(); }},
    {"top1_label", TITLE("Top class"), TITLE("prediction"), Text, Subject::Prediction,
     [](const Row& row) { return best(row) ? Cell(label(row, *best(row))) : Cell(); }},
    {"top1_probability", TITLE("Probability"), TITLE("probability"), Share, Subject::Prediction,
     [](const Row& row) { return best(row) ? Cell(best(row)->probability) : Cell(); }},
    {"same_top1", TITLE("Same top-1"), TITLE("same top-1"), Count, Subject::Variant, agreement},

    {"n", TITLE("Samples"), TITLE("n"), Count, Subject::Latency,
     [](const Row& row) -> Cell { return row.result.latency->n; }},
    {"median_ms", TITLE("Median"), TITLE("median"), Milliseconds, Subject::Latency,
     time<&LatencySummary::median>},
    {"iqr_ms", TITLE("IQR"), TITLE("IQR"), Milliseconds, Subject::Latency,
     time<&LatencySummary::interquartileRange>, samplesForBadge},
    {"mad_ms", none, none, Milliseconds, Subject::Latency, time<&LatencySummary::medianDeviation>},
    {"min_ms", TITLE("Minimum"), TITLE("min"), Milliseconds, Subject::Latency,
     time<&LatencySummary::minimum>},
    {"mean_ms", TITLE("Mean"), TITLE("mean"), Milliseconds, Subject::Latency, time<&LatencySummary::mean>},
    {"p90_ms", TITLE("p90"), TITLE("p90"), Milliseconds, Subject::Latency,
     [](const Row& row) { return orNothing(row.result.latency->p90); }, samplesForP90},
    {"p99_ms", TITLE("p99"), TITLE("p99"), Milliseconds, Subject::Latency,
     [](const Row& row) { return orNothing(row.result.latency->p99); }, samplesForP99},
    {"outliers", none, none, Count, Subject::Latency,
     [](const Row& row) -> Cell { return row.result.latency->outliers; }},
    {"far_outliers", none, none, Count, Subject::Latency,
     [](const Row& row) -> Cell { return row.result.latency->farOutliers; }},
    {"ratio", TITLE("Ratio"), TITLE("ratio"), Ratio, Subject::Latency, ratio<&RatioEstimate::ratio>, 0,
     roundsForVerdict},
    {"ratio_low95", none, none, Ratio, Subject::Latency, ratio<low>, 0, roundsForVerdict},
    {"ratio_high95", none, none, Ratio, Subject::Latency, ratio<high>, 0, roundsForVerdict},
    {"ratio_ci95", TITLE("95 % interval"), TITLE("95 %"), Unit::Interval, Subject::Latency,
     ratio<&RatioEstimate::ci95>, 0, roundsForVerdict},
    {"ratio_with_ci95", TITLE("Ratio (95 %)"), TITLE("ratio (95 %)"), Ratio, Subject::Latency,
     [](const Row& row) { // that of the baseline is exactly 1
         return row.result.verdict == Verdict::Baseline ? Cell(qint64{1}) : orNothing(row.result.ratio);
     },
     0, roundsForVerdict},
    {"verdict", TITLE("Verdict"), TITLE("verdict"), Text, Subject::Latency, verdict},
    {"badge", TITLE("Trust"), TITLE("badge"), Text, Subject::Latency, badge, samplesForBadge},

    {"cold_start_ms", TITLE("Cold start"), TITLE("cold start"), Milliseconds, Subject::FreshProcess,
     coldStart},
    {"peak_memory_bytes", TITLE("Peak memory"), TITLE("memory"), Bytes, Subject::FreshProcess,
     [](const Row& row) { return orNothing(row.result.freshProcess->peakMemoryBytes); }},
    {"probe_error", none, none, Text, Subject::FreshProcess,
     [](const Row& row) { return orNothing(row.result.freshProcess->error); }},

    {"threads", TITLE("Threads"), TITLE("threads"), Count, Subject::Circumstances,
     stamp<&MachineStamp::threads>},
    {"timed", none, none, Text, Subject::Circumstances, stamp<&MachineStamp::timed>},
    {"stopped", none, none, Text, Subject::Circumstances, stopped},
    {"seed", none, none, Count, Subject::Circumstances, stamp<seed>},
    {"engine", none, none, Text, Subject::Circumstances, stamp<&MachineStamp::engineName>},
    {"engine_version", none, none, Text, Subject::Circumstances, stamp<&MachineStamp::engineVersion>},
    {"blas", none, none, Text, Subject::Circumstances, stamp<&MachineStamp::blas>},
    {"cpu", none, none, Text, Subject::Circumstances, stamp<&MachineStamp::cpuModel>},
    {"virtual_cpus", none, none, Count, Subject::Circumstances, stamp<&MachineStamp::virtualCpus>},
    {"governor", none, none, Text, Subject::Circumstances, stamp<&MachineStamp::governor>},
    {"load", none, none, Count, Subject::Circumstances, stamp<load>},
    {"operating_system", none, none, Text, Subject::Circumstances, stamp<&MachineStamp::operatingSystem>},
    {"vitrine_version", none, none, Text, Subject::Circumstances, stamp<&MachineStamp::vitrineVersion>},
    {"time", none, none, Text, Subject::Circumstances, stamp<isoTime>},
};

#undef TITLE

} // namespace

const std::vector<Column>& columnTable()
{
    static const std::vector<Column> table(std::begin(allColumns), std::end(allColumns));
    return table;
}

} // namespace vitrine
