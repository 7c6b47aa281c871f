#include "ui/models/results_table_model.h"

#include "ui/charts/prediction_groups.h"
#include "ui/format.h"
#include "ui/variant_colors.h"

#include <QLocale>

namespace vitrine {

namespace {

const QChar noValue(0x2013);

QString ratioText(double ratio)
{
    return QLocale().toString(ratio, 'f', 3);
}

bool isText(ResultsTableModel::Column column)
{
    using enum ResultsTableModel::Column;
    return column == Variant || column == Kind || column == TopClass || column == Interval ||
           column == Verdict || column == Trust || column == Engine;
}

} // namespace

void ResultsTableModel::setComparison(const Comparison& comparison)
{
    std::vector<Row> rows;
    for (const VariantResult* variant : enabledVariants(comparison)) {
        Row row{*variant, {}, -1};
        row.result.samples.clear();
        const Prediction* prediction = comparison.prediction(comparison.currentImageId, variant->id);
        if (prediction != nullptr && !prediction->classification.top.empty()) {
            const ClassScore& best = prediction->classification.top.front();
            row.topClass = labelFor(variant->variant.labels, best.index);
            row.probability = static_cast<double>(best.probability);
        }
        rows.push_back(std::move(row));
    }
    if (rows.size() != m_rows.size()) {
        beginResetModel();
        m_rows = std::move(rows);
        endResetModel();
        return;
    }
    m_rows = std::move(rows);
    if (!m_rows.empty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columns - 1));
}

int ResultsTableModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int ResultsTableModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : columns;
}

QVariant ResultsTableModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Row& row = m_rows[static_cast<std::size_t>(index.row())];
    const auto column = static_cast<Column>(index.column());
    switch (role) {
    case Qt::DisplayRole:
        return text(row, column);
    case RawRole:
        return raw(row, column);
    case Qt::ToolTipRole:
        return toolTip(row, column);
    case Qt::DecorationRole:
        return column == Column::Variant ? QVariant(variantColor(row.result.colorIndex)) : QVariant();
    case Qt::TextAlignmentRole:
        return int(Qt::AlignVCenter | (isText(column) ? Qt::AlignLeft : Qt::AlignRight));
    default:
        return {};
    }
}

QString ResultsTableModel::toolTip(const Row& row, Column column)
{
    if (column == Column::Variant && row.result.error)
        return row.result.error->message;
    if ((column == Column::ColdStart || column == Column::Memory) && row.result.probeError)
        return row.result.probeError->message;
    const LatencySummary& latency = row.result.latency;
    if (column == Column::Ratio || column == Column::Interval)
        if (samplesWanting(row, column))
            return tr("It takes %1 rounds in common with the baseline.").arg(roundsForVerdict);
    if (const auto wanting = samplesWanting(row, column))
        return tr("%1 samples are too few for it; there must be %2.").arg(latency.n).arg(*wanting);
    if (column == Column::Spread && latency.n > 0)
        return tr("Half of the samples lie between %1 and %2.")
            .arg(formatMilliseconds(latency.lowerQuartile), formatMilliseconds(latency.upperQuartile));
    return text(row, column);
}

std::optional<int> ResultsTableModel::samplesWanting(const Row& row, Column column)
{
    const auto below = [&](int needed) {
        return row.result.latency.n > 0 && row.result.latency.n < needed ? std::optional(needed)
                                                                         : std::nullopt;
    };
    switch (column) {
    case Column::NinetiethPercentile:
        return below(samplesForP90);
    case Column::NinetyNinthPercentile:
        return below(samplesForP99);
    case Column::Ratio:
    case Column::Interval:
        return row.result.verdict == vitrine::Verdict::TooFewSamples ? std::optional(roundsForVerdict)
                                                                     : std::nullopt;
    case Column::Spread:
    case Column::Trust:
        return below(samplesForBadge);
    default:
        return std::nullopt;
    }
}

QVariant ResultsTableModel::raw(const Row& row, Column column)
{
    const LatencySummary& latency = row.result.latency;
    const auto time = [&](std::chrono::nanoseconds duration) {
        return latency.n > 0 ? QVariant(toMilliseconds(duration)) : QVariant();
    };
    switch (column) {
    case Column::Variant:
        return row.result.variant.name;
    case Column::Kind:
        return kindName(row.result.variant.kind);
    case Column::Size:
        return toMegabytes(row.result.variant.bytes);
    case Column::TopClass:
        return row.topClass;
    case Column::Probability:
        return row.probability < 0 ? QVariant() : QVariant(100 * row.probability);
    case Column::Median:
        return time(latency.median);
    case Column::Spread:
        return latency.n >= samplesForBadge ? time(latency.interquartileRange()) : QVariant();
    case Column::Minimum:
        return time(latency.minimum);
    case Column::Mean:
        return time(latency.mean);
    case Column::NinetiethPercentile:
        return latency.p90 ? QVariant(toMilliseconds(*latency.p90)) : QVariant();
    case Column::NinetyNinthPercentile:
        return latency.p99 ? QVariant(toMilliseconds(*latency.p99)) : QVariant();
    case Column::Samples:
        return latency.n;
    case Column::Ratio:
        return row.result.ratio ? QVariant(row.result.ratio->ratio) : QVariant();
    case Column::Interval:
        return row.result.ratio
                   ? ratioText(row.result.ratio->ci95.low) + noValue + ratioText(row.result.ratio->ci95.high)
                   : QString();
    case Column::Verdict:
        return row.result.verdict == Verdict::Unmeasured ? QString() : verdictText(row.result.verdict);
    case Column::Trust:
        return row.result.badge ? badgeText(*row.result.badge) : QString();
    case Column::ColdStart:
        return row.result.coldStart ? QVariant(toMilliseconds(row.result.coldStart->total())) : QVariant();
    case Column::Memory:
        return row.result.peakMemoryBytes ? QVariant(toMegabytes(*row.result.peakMemoryBytes)) : QVariant();
    case Column::Engine:
        return QString(row.result.engineName + QLatin1Char(' ') + row.result.engineVersion).trimmed();
    }
    return {};
}

QString ResultsTableModel::text(const Row& row, Column column)
{
    if (samplesWanting(row, column))
        return tr("n too small");
    const QVariant value = raw(row, column);
    if (!value.isValid() || (isText(column) && value.toString().isEmpty()))
        return noValue;
    if (isText(column))
        return value.toString();
    switch (column) {
    case Column::Probability:
        return QLocale().toString(value.toDouble(), 'f', 1);
    case Column::Samples:
        return QLocale().toString(value.toInt());
    case Column::Ratio:
        return ratioText(value.toDouble());
    default:
        return formatNumber(value.toDouble());
    }
}

QVariant ResultsTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return QAbstractTableModel::headerData(section, orientation, role);
    switch (static_cast<Column>(section)) {
    case Column::Variant:
        return tr("Variant");
    case Column::Kind:
        return tr("Kind");
    case Column::Size:
        return tr("Size (MB)");
    case Column::TopClass:
        return tr("Top class");
    case Column::Probability:
        return tr("Probability (%)");
    case Column::Median:
        return tr("Median (ms)");
    case Column::Spread:
        return tr("IQR (ms)");
    case Column::Minimum:
        return tr("Minimum (ms)");
    case Column::Mean:
        return tr("Mean (ms)");
    case Column::NinetiethPercentile:
        return tr("p90 (ms)");
    case Column::NinetyNinthPercentile:
        return tr("p99 (ms)");
    case Column::Samples:
        return tr("Samples");
    case Column::Ratio:
        return tr("Ratio");
    case Column::Interval:
        return tr("95 % interval");
    case Column::Verdict:
        return tr("Verdict");
    case Column::Trust:
        return tr("Trust");
    case Column::ColdStart:
        return tr("Cold start (ms)");
    case Column::Memory:
        return tr("Peak memory (MB)");
    case Column::Engine:
        return tr("Engine");
    }
    return {};
}

} // namespace vitrine
