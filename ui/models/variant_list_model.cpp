#include "ui/models/variant_list_model.h"

#include "core/base/literals.h"
#include "core/session/comparison_session.h"
#include "ui/format.h"
#include "ui/models/row_sync.h"
#include "ui/shown_variants.h"

namespace vitrine {

namespace {

QString summaryOf(const VariantResult& result, bool namesEngine)
{
    QStringList parts;
    if (result.variant.name != kindName(result.variant.kind))
        parts << kindName(result.variant.kind);
    if (namesEngine && !result.engineName.isEmpty())
        parts << result.engineName;
    if (!result.quantizedEngine.isEmpty())
        parts << result.quantizedEngine;
    parts << stateText(result.state);
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
    if (result.error)
        lines << result.error->message;
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
    : QAbstractListModel(parent), m_session(session)
{
}

void VariantListModel::setComparison(const Comparison& comparison)
{
    const auto remove = [this](int first, int last) {
        beginRemoveRows({}, first, last);
        m_variants.erase(m_variants.begin() + first, m_variants.begin() + last + 1);
        endRemoveRows();
    };
    const auto append = [&](int first, int last) {
        beginInsertRows({}, first, last);
        for (int row = first; row <= last; ++row)
            m_variants.push_back(comparison.variants[static_cast<std::size_t>(row)]);
        endInsertRows();
    };
    syncRows(m_variants, comparison.variants, {remove, append});
    m_namesEngines = comparison.hasSeveralEngines();
    for (std::size_t i = 0; i < m_variants.size(); ++i)
        m_variants[i] = comparison.variants[i];
    if (!m_variants.empty())
        Q_EMIT dataChanged(index(0), index(rowCount() - 1));
}

const VariantResult* VariantListModel::result(const QModelIndex& index) const
{
    return checkIndex(index, CheckIndexOption::IndexIsValid)
               ? &m_variants[static_cast<std::size_t>(index.row())]
               : nullptr;
}

int VariantListModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_variants.size());
}

QVariant VariantListModel::data(const QModelIndex& index, int role) const
{
    const VariantResult* item = result(index);
    if (item == nullptr)
        return {};
    switch (role) {
    case Qt::DisplayRole:
        return item->variant.name;
    case Qt::CheckStateRole:
        return item->enabled ? Qt::Checked : Qt::Unchecked;
    case Qt::ToolTipRole:
        return toolTipOf(*item);
    case Qt::AccessibleDescriptionRole:
    case StateRole:
        return summaryOf(*item, m_namesEngines);
    case IdRole:
        return item->id;
    case ColorRole:
        return variantColor(item->colorIndex);
    case SizeRole:
        return formatMegabytes(item->variant.bytes);
    case ErrorRole:
        return item->error ? item->error->message : QString();
    default:
        return {};
    }
}

bool VariantListModel::setData(const QModelIndex& index, const QVariant& value, int role)
{
    const VariantResult* item = result(index);
    if (item == nullptr || role != Qt::CheckStateRole)
        return false;
    m_session.setVariantEnabled(item->id, value.toInt() == Qt::Checked);
    return true;
}

Qt::ItemFlags VariantListModel::flags(const QModelIndex& index) const
{
    return index.isValid() ? QAbstractListModel::flags(index) | Qt::ItemIsUserCheckable
                           : Qt::ItemFlags(Qt::NoItemFlags);
}

} // namespace vitrine
