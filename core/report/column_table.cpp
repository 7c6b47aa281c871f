#include "core/base/tr.h"
#include "core/base/units.h"
#include "core/report/columns.h"

#include <functional>

namespace vitrine {

namespace {

using Row = ResultRow;
using std::chrono::nanoseconds;

/// What is not known is an empty optional, a duration is in milliseconds.
struct ToCell
{
    Cell operator()(nanoseconds duration) const { return milliseconds(duration); }
    Cell operator()(const ColdStart& start) const { return milliseconds(start.total()); }
    Cell operator()(const Error& error) const { return error.message; }
    Cell operator()(StopReason reason) const { return stopReasonName(reason); }
    Cell operator()(TrustBadge badge) const { return Word{badgeName(badge), badgeText(badge)}; }

    template <typename Value>
    Cell operator()(const Value& value) const
    {
        return value;
    }

    template <typename Value>
    Cell operator()(const std::optional<Value>& value) const
    {
        return value ? (*this)(*value) : Cell();
    }
};

Cell orNothing(const QString& text)
{
    return text.isEmpty() ? Cell() : Cell(text);
}

const ClassScore* best(const Row& row)
{
    const Classification* prediction = row.image ? row.result.prediction(*row.image) : nullptr;
    return prediction && !prediction->top.empty() ? &prediction->top.front() : nullptr;
}

Cell scores(const Row& row)
{
    const Classification* prediction = row.image ? row.result.prediction(*row.image) : nullptr;
    return prediction ? Word{scoreKindName(prediction->kind), scoreKindText(prediction->kind)} : Cell();
}

/// A member or a function of whatever part of the row has it.
template <auto value>
Cell of(const Row& row)
{
    using Value = decltype(value);
    const auto cell = [](const auto& part) { return part ? ToCell()(std::invoke(value, *part)) : Cell(); };
    if constexpr (std::is_invocable_v<Value, const VariantResult&>)
        return cell(&row.result);
    else if constexpr (std::is_invocable_v<Value, const Variant&>)
        return cell(&row.result.variant);
    else if constexpr (std::is_invocable_v<Value, const ClassScore&>)
        return cell(best(row));
    else if constexpr (std::is_invocable_v<Value, const LatencyResult&>)
        return cell(&*row.result.latency);
    else if constexpr (std::is_invocable_v<Value, const RatioEstimate&>)
        return cell(row.result.ratio);
    else if constexpr (std::is_invocable_v<Value, const FreshProcess&>)
        return cell(&*row.result.freshProcess);
    else
        return cell(row.stamp);
}

/// Not known without a sample.
template <auto duration>
Cell time(const Row& row)
{
    return row.result.latency->n > 0 ? of<duration>(row) : Cell();
}

/// "207 golden retriever", or the label alone.
template <bool withIndex>
Cell label(const Row& row)
{
    const ClassScore* score = best(row);
    if (!score)
        return {};
    const QString text = labelFor(row.result.variant.labels, score->index);
    return withIndex ? QString::number(score->index) + u' ' + text : text;
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

Cell verdict(const VariantResult& result)
{
    const Verdict verdict = result.verdict;
    return verdict == Verdict::Unmeasured ? Cell() : Word{verdictName(verdict), verdictText(verdict)};
}

Cell stopped(const Row& row)
{
    const bool isKnown = row.comparison && row.comparison->benchmark;
    return isKnown ? ToCell()(row.comparison->benchmark->stopped) : Cell();
}

#define TITLE(text) QT_TRANSLATE_NOOP("vitrine", text)

using Unit::Text, Unit::Count, Unit::Milliseconds, Unit::Bytes, Unit::Share, Unit::Ratio;
constexpr const char* none = nullptr;

const Column allColumns[] = {
    {"image", none, none, Text, Subject::Prediction,
     [](const Row& row) { return row.image ? Cell(row.image->path) : Cell(); }},

    {"id", none, none, Text, Subject::Variant, of<&VariantResult::id>},
    {"name", TITLE("Variant"), TITLE("variant"), Text, Subject::Variant, of<&Variant::name>},
    {"kind", TITLE("Kind"), TITLE("kind"), Text, Subject::Variant,
     of<[](const Variant& file) { return kindName(file.kind); }>},
    {"path", none, none, Text, Subject::Variant, of<&Variant::path>},
    {"model", none, none, Text, Subject::Variant, of<&Variant::path>},
    {"bytes", TITLE("Size"), TITLE("size"), Bytes, Subject::Variant, of<&Variant::bytes>},
    {"sha256", none, none, Text, Subject::Variant,
     of<[](const Variant& file) { return QString::fromLatin1(file.sha256.toHex()); }>},
    {"preprocessing", none, none, Text, Subject::Variant,
     of<[](const Variant& file) { return file.preprocessing.toText(); }>},
    {"quantized_engine", none, none, Text, Subject::Variant,
     of<[](const VariantResult& result) { return orNothing(result.quantizedEngine); }>},
    {"variant_engine", none, none, Text, Subject::Variant, of<&VariantResult::engineName>},
    {"variant_engine_version", none, none, Text, Subject::Variant, of<&VariantResult::engineVersion>},
    {"engine_text", TITLE("Engine"), TITLE("engine"), Text, Subject::Variant,
     [](const Row& row) {
         return orNothing(QString(row.result.engineName + u' ' + row.result.engineVersion).trimmed());
     }},
    {"error", none, none, Text, Subject::Variant, of<&VariantResult::error>},

    {"top1", TITLE("Top-1"), TITLE("top-1"), Text, Subject::Prediction, label<true>},
    {"top1_index", none, none, Count, Subject::Prediction, of<&ClassScore::index>},
    {"top1_label", TITLE("Top class"), TITLE("prediction"), Text, Subject::Prediction, label<false>},
    {"top1_probability", TITLE("Probability"), TITLE("probability"), Share, Subject::Prediction,
     of<&ClassScore::probability>},
    {"scores", TITLE("Probability by"), TITLE("probability by"), Text, Subject::Prediction, scores},
    {"same_top1", TITLE("Same top-1"), TITLE("same top-1"), Count, Subject::Variant, agreement},

    {"n", TITLE("Samples"), TITLE("n"), Count, Subject::Latency, of<&LatencySummary::n>},
    {"median_ms", TITLE("Median"), TITLE("median"), Milliseconds, Subject::Latency,
     time<&LatencySummary::median>},
    {"iqr_ms", TITLE("IQR"), TITLE("IQR"), Milliseconds, Subject::Latency,
     time<&LatencySummary::interquartileRange>, samplesForBadge},
    {"mad_ms", none, none, Milliseconds, Subject::Latency, time<&LatencySummary::medianDeviation>},
    {"min_ms", TITLE("Minimum"), TITLE("min"), Milliseconds, Subject::Latency,
     time<&LatencySummary::minimum>},
    {"mean_ms", TITLE("Mean"), TITLE("mean"), Milliseconds, Subject::Latency, time<&LatencySummary::mean>},
    {"p90_ms", TITLE("p90"), TITLE("p90"), Milliseconds, Subject::Latency, time<&LatencySummary::p90>,
     samplesForP90},
    {"p99_ms", TITLE("p99"), TITLE("p99"), Milliseconds, Subject::Latency, time<&LatencySummary::p99>,
     samplesForP99},
    {"outliers", none, none, Count, Subject::Latency, of<&LatencySummary::outliers>},
    {"far_outliers", none, none, Count, Subject::Latency, of<&LatencySummary::farOutliers>},
    {"ratio", TITLE("Ratio"), TITLE("ratio"), Ratio, Subject::Latency, of<&RatioEstimate::ratio>, 0,
     roundsForVerdict},
    {"ratio_low95", none, none, Ratio, Subject::Latency,
     of<[](const RatioEstimate& ratio) { return ratio.ci95.low; }>, 0, roundsForVerdict},
    {"ratio_high95", none, none, Ratio, Subject::Latency,
     of<[](const RatioEstimate& ratio) { return ratio.ci95.high; }>, 0, roundsForVerdict},
    {"ratio_ci95", TITLE("95 % interval"), TITLE("95 %"), Unit::Interval, Subject::Latency,
     of<&RatioEstimate::ci95>, 0, roundsForVerdict},
    {"ratio_with_ci95", TITLE("Ratio (95 %)"), TITLE("ratio (95 %)"), Ratio, Subject::Latency,
     [](const Row& row) { // that of the baseline is exactly 1
         return row.result.verdict == Verdict::Baseline ? Cell(qint64{1}) : ToCell()(row.result.ratio);
     },
     0, roundsForVerdict},
    {"verdict", TITLE("Verdict"), TITLE("verdict"), Text, Subject::Latency, of<verdict>},
    {"badge", TITLE("Trust"), TITLE("badge"), Text, Subject::Latency, of<&LatencyResult::badge>,
     samplesForBadge},

    {"cold_start_ms", TITLE("Cold start"), TITLE("cold start"), Milliseconds, Subject::FreshProcess,
     of<&FreshProcess::coldStart>},
    {"peak_memory_bytes", TITLE("Peak memory"), TITLE("memory"), Bytes, Subject::FreshProcess,
     of<&FreshProcess::peakMemoryBytes>},
    {"probe_error", none, none, Text, Subject::FreshProcess, of<&FreshProcess::error>},

    {"threads", TITLE("Threads"), TITLE("threads"), Count, Subject::Circumstances,
     of<&MachineStamp::threads>},
    {"timed", none, none, Text, Subject::Circumstances, of<&MachineStamp::timed>},
    {"stopped", none, none, Text, Subject::Circumstances, stopped},
    {"seed", none, none, Count, Subject::Circumstances,
     [](const Row& row) {
         return row.stamp && !row.stamp->timed.isEmpty() ? Cell(static_cast<qint64>(row.stamp->seed))
                                                         : Cell();
     }},
    {"engine", none, none, Text, Subject::Circumstances, of<&MachineStamp::engineName>},
    {"engine_version", none, none, Text, Subject::Circumstances, of<&MachineStamp::engineVersion>},
    {"blas", none, none, Text, Subject::Circumstances, of<&MachineStamp::blas>},
    {"cpu", none, none, Text, Subject::Circumstances, of<&MachineStamp::cpuModel>},
    {"virtual_cpus", none, none, Count, Subject::Circumstances, of<&MachineStamp::virtualCpus>},
    {"governor", none, none, Text, Subject::Circumstances, of<&MachineStamp::governor>},
    {"load", none, none, Count, Subject::Circumstances,
     [](const Row& row) { return row.stamp && row.stamp->load >= 0 ? Cell(row.stamp->load) : Cell(); }},
    {"operating_system", none, none, Text, Subject::Circumstances, of<&MachineStamp::operatingSystem>},
    {"vitrine_version", none, none, Text, Subject::Circumstances, of<&MachineStamp::vitrineVersion>},
    {"time", none, none, Text, Subject::Circumstances,
     of<[](const MachineStamp& stamp) { return stamp.time.toString(Qt::ISODateWithMs); }>},
};

#undef TITLE

} // namespace

const std::vector<Column>& columnTable()
{
    static const std::vector<Column> table(std::begin(allColumns), std::end(allColumns));
    return table;
}

} // namespace vitrine
