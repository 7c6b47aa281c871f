#include "ui/models/variant_list_model.h"

#include "core/base/literals.h"
#include "core/base/shown_text.h"
#include "core/session/comparison_session.h"
#include "ui/format.h"
#include "ui/shown_variants.h"

namespace vitrine {

namespace {

/// What the user has stated about it, or allowed to it.
QStringList statedOf(const Variant& variant)
{
    QStringList parts;
    if (!variant.deit.weights.isEmpty())
        parts << shownText(variant.deit.weights, LineBreaks::Shown);
    if (variant.deit.heads)
        parts << VariantListModel::tr("%1 heads").arg(*variant.deit.heads);
    if (variant.deit.layerNormEpsilon)
        parts << VariantListModel::tr("epsilon %1").arg(*variant.deit.layerNormEpsilon);
    if (variant.fileOperators == FileOperators::Allowed)
        parts << VariantListModel::tr("files allowed");
    return parts;
}

QString summaryOf(const VariantResult& result, bool namesEngine)
{
    QStringList parts;
    if (result.variant.name != kindName(result.variant.kind))
        parts << kindName(result.variant.kind);
    if (namesEngine && !result.engineName.isEmpty())
        parts << result.engineName;
    if (!result.quantizedEngine.isEmpty())
        parts << result.quantizedEngine;
    parts << stateText(result.error ? VariantState::Failed : result.state);
    parts += statedOf(result.variant);
    return parts.join(u" · "_s);
}

QString toolTipOf(const VariantResult& result)
{
    QStringList lines{result.variant.name, result.variant.path};
    if (!result.variant.modelName.isEmpty())
        lines << VariantListModel::tr("Model: %1").arg(result.variant.modelName);
    if (!result.engineName.isEmpty())
        lines << VariantListModel::tr("Engine: %1")
                     .arg(QString(result.engineName + u' ' + result.engineVersion).trimmed());
    lines << result.variant.notices << result.notices;
    for (QString& line : lines)
        line = shownText(line, LineBreaks::Shown);
    if (result.error)
        lines << shownText(result.error->message);
    return lines.join(QLatin1Char('\n'));
}

} // namespace

QString stateText(VariantState state)
{
    switch (state) {
    case VariantState::Waiting:
        return VariantListModel::tr("waiting");
    case VariantState::Loading:
        return VariantListModel::tr("loading…");
    case VariantState::Ready:
        return VariantListModel::tr("ready");
    case VariantState::Running:
        return VariantListModel::tr("running…");
    case VariantState::Failed:
        return VariantListModel::tr("failed");
    }
    return {};
}

VariantListModel::VariantListModel(ComparisonSession& session, QObject* parent)
    : SnapshotListModel(parent), m_session(session)
{
}

void VariantListModel::setComparison(const Comparison& comparison)
{
    follow(comparison.variants);
    m_namesEngines = comparison.hasSeveralEngines();
    m_items = comparison.variants;
    if (!m_items.empty())
        Q_EMIT dataChanged(index(0), index(rowCount() - 1));
}

QVariant VariantListModel::data(const QModelIndex& index, int role) const
{
    const VariantResult* result = item(index);
    if (result == nullptr)
        return {};
    switch (role) {
    case Qt::DisplayRole:
        return shownText(result->variant.name, LineBreaks::Shown);
    case Qt::CheckStateRole:
        return result->enabled ? Qt::Checked : Qt::Unchecked;
    case Qt::ToolTipRole:
        return toolTipOf(*result);
    case Qt::AccessibleDescriptionRole:
    case StateRole:
        return summaryOf(*result, m_namesEngines);
    case IdRole:
        return result->id;
    case ColorRole:
        return variantColor(result->colorIndex);
    case SizeRole:
        return formatMegabytes(result->variant.bytes);
    case ErrorRole:
        return result->error ? shownText(result->error->message) : QString();
    default:
        return {};
    }
}

bool VariantListModel::setData(const QModelIndex& index, const QVariant& value, int role)
{
    const VariantResult* result = item(index);
    if (result == nullptr || role != Qt::CheckStateRole)
        return false;
    m_session.setVariantEnabled(result->id, value.toInt() == Qt::Checked);
    return true;
}

Qt::ItemFlags VariantListModel::flags(const QModelIndex& index) const
{
    return index.isValid() ? QAbstractListModel::flags(index) | Qt::ItemIsUserCheckable
                           : Qt::ItemFlags(Qt::NoItemFlags);
}

} // namespace vitrine
