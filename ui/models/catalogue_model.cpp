#include "ui/models/catalogue_model.h"

#include "core/base/literals.h"
#include "core/fetch/downloader.h"
#include "ui/format.h"

namespace vitrine {

namespace {

QString unknownOr(bool isKnown, const QString& text)
{
    return isKnown ? text : u"–"_s;
}

} // namespace

void CatalogueModel::setCatalogue(const Catalogue& catalogue)
{
    beginResetModel();
    m_catalogue = catalogue;
    endResetModel();
}

void CatalogueModel::setFolder(const QString& folder)
{
    m_folder = folder;
    refresh();
}

void CatalogueModel::refresh()
{
    if (m_catalogue.empty())
        return;
    const auto column = static_cast<int>(Column::State);
    Q_EMIT dataChanged(index(0, column), index(rowCount() - 1, column));
}

const CatalogueEntry* CatalogueModel::entry(int row) const
{
    return row >= 0 && row < rowCount() ? &m_catalogue[static_cast<std::size_t>(row)] : nullptr;
}

int CatalogueModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_catalogue.size());
}

int CatalogueModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : columns;
}

QString CatalogueModel::text(const CatalogueEntry& entry, Column column) const
{
    switch (column) {
    case Column::Model:
        return entry.title;
    case Column::Parameters:
        return unknownOr(entry.parameters > 0,
                         tr("%1 million").arg(formatNumber(static_cast<double>(entry.parameters) / 1e6)));
    case Column::Top1:
        return unknownOr(entry.top1 > 0, formatPercent(entry.top1 / 100));
    case Column::Top5:
        return unknownOr(entry.top5 > 0, formatPercent(entry.top5 / 100));
    case Column::Size:
        return unknownOr(entry.parameters > 0, formatMegabytes(entry.approximateBytes()));
    case Column::State:
        break;
    }
    if (m_folder.isEmpty())
        return {};
    if (isHere(entry, m_folder))
        return tr("yes");
    const qint64 kept = keptBytes(entry, m_folder);
    return kept > 0 ? tr("%1 of it").arg(formatMegabytes(kept)) : QString();
}

QVariant CatalogueModel::data(const QModelIndex& index, int role) const
{
    const CatalogueEntry* shown = entry(index.row());
    if (shown == nullptr)
        return {};
    const auto column = static_cast<Column>(index.column());
    if (role == Qt::DisplayRole)
        return text(*shown, column);
    if (role == Qt::ToolTipRole)
        return shown->file;
    const bool isText = column == Column::Model || column == Column::State;
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(Qt::AlignVCenter | (isText ? Qt::AlignLeft : Qt::AlignRight));
    return {};
}

QVariant CatalogueModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= columns)
        return QAbstractTableModel::headerData(section, orientation, role);
    if (role == Qt::DisplayRole)
        return QStringList{tr("Model"), tr("Parameters"), tr("Top-1"),
                           tr("Top-5"), tr("About"),      tr("Downloaded")}[section];
    if (role == Qt::ToolTipRole)
        return QStringList{tr("Official checkpoints, trained on ImageNet"),
                           tr("Numbers that were learned"),
                           tr("Accuracy on ImageNet: the first guess is right"),
                           tr("Accuracy on ImageNet: one of the first five guesses is right"),
                           tr("Size of the download: four bytes a parameter"),
                           tr("Whether the file is in the target folder")}[section];
    return {};
}

} // namespace vitrine
