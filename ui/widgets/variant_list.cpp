#include "ui/widgets/variant_list.h"

#include "core/session/comparison_session.h"
#include "ui/models/variant_list_model.h"
#include "ui/widgets/variant_delegate.h"

#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QPainter>

namespace vitrine {

VariantList::VariantList(ComparisonSession& session, QWidget* parent)
    : QListView(parent), m_session(session), m_model(new VariantListModel(session, this))
{
    setModel(m_model);
    setItemDelegate(new VariantDelegate(this));
    setResizeMode(QListView::Adjust);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setAcceptDrops(false);
    setFrameShape(QFrame::NoFrame);
    setMinimumHeight(90);
    setAccessibleName(tr("Variants"));
    connect(this, &QListView::doubleClicked, this, [this] { Q_EMIT detailsWanted(currentId()); });
}

void VariantList::setComparison(const Comparison& comparison)
{
    m_model->setComparison(comparison);
    const VariantResult* baseline = comparison.baseline();
    m_baselineId = baseline ? baseline->id : QString();
    scheduleDelayedItemsLayout();
}

QString VariantList::currentId() const
{
    return currentIndex().data(VariantListModel::IdRole).toString();
}

void VariantList::removeCurrent()
{
    if (currentIndex().isValid())
        m_session.removeVariant(currentId());
}

void VariantList::copyCurrent() const
{
    const QStringList lines{currentIndex().data().toString(),
                            currentIndex().data(VariantListModel::ErrorRole).toString()};
    QApplication::clipboard()->setText(lines.join(QLatin1Char('\n')).trimmed());
}

void VariantList::showOnlyCurrent()
{
    for (int row = 0; row < m_model->rowCount(); ++row)
        m_model->setData(m_model->index(row), row == currentIndex().row() ? Qt::Checked : Qt::Unchecked,
                         Qt::CheckStateRole);
}

void VariantList::keyPressEvent(QKeyEvent* event)
{
    if (event->matches(QKeySequence::Delete)) {
        removeCurrent();
    } else if (event->matches(QKeySequence::Copy)) {
        copyCurrent();
    } else if (event->key() == Qt::Key_Space && currentIndex().isValid()) {
        const bool checked = currentIndex().data(Qt::CheckStateRole).toInt() == Qt::Checked;
        m_model->setData(currentIndex(), checked ? Qt::Unchecked : Qt::Checked, Qt::CheckStateRole);
    } else {
        QListView::keyPressEvent(event);
    }
}

void VariantList::contextMenuEvent(QContextMenuEvent* event)
{
    if (const auto menu = menuFor(indexAt(event->pos())))
        menu->exec(event->globalPos());
}

std::unique_ptr<QMenu> VariantList::menuFor(const QModelIndex& index)
{
    const VariantResult* result = m_model->item(index);
    if (result == nullptr)
        return nullptr;
    const QString id = result->id;
    const QString path = result->variant.path;
    auto menu = std::make_unique<QMenu>(this);
    menu->addAction(tr("&Details…"), this, [this, id] { Q_EMIT detailsWanted(id); });
    menu->addAction(tr("&Input settings…"), this, [this, id] { Q_EMIT inputWanted(id); });
    QAction* build =
        menu->addAction(tr("&Build variants of it…"), this, [this, path] { Q_EMIT buildWanted(path); });
    build->setEnabled(!result->variant.isQuantized && !traitsOf(result->variant.kind).isInt8);
    QAction* again = menu->addAction(tr("&Try again"), this, [this, id] { m_session.tryAgain(id); });
    again->setEnabled(result->error.has_value());
    addPermission(menu.get(), *result);
    menu->addSeparator();
    QAction* baseline = menu->addAction(tr("&Measure the others against it"), this,
                                        [this, id] { m_session.setBaseline(id); });
    baseline->setCheckable(true);
    baseline->setChecked(id == m_baselineId);
    baseline->setEnabled(result->enabled);
    const QStringList engines = m_session.quantizedEngines();
    QAction* each = menu->addAction(tr("Run under &each quantized engine"), this,
                                    [this, id, engines] { m_session.setVariantEngines(id, engines); });
    each->setEnabled(result->variant.isQuantized && !result->hasOwnEngine && engines.size() > 1);
    menu->addAction(tr("Tick &only this one"), this, &VariantList::showOnlyCurrent);
    menu->addAction(tr("&Copy"), QKeySequence::Copy, this, &VariantList::copyCurrent);
    menu->addAction(tr("&Remove"), QKeySequence::Delete, this, &VariantList::removeCurrent);
    return menu;
}

void VariantList::addPermission(QMenu* menu, const VariantResult& result)
{
    const bool isAllowed = result.variant.fileOperators == FileOperators::Allowed;
    QAction* files =
        menu->addAction(tr("Allow &files and network…"), this, [this, id = result.id, isAllowed] {
            if (isAllowed)
                m_session.setVariantFileOperators(id, FileOperators::Refused);
            else
                Q_EMIT filesWanted(id);
        });
    files->setCheckable(true);
    files->setChecked(isAllowed);
    files->setEnabled(isAllowed || (result.error && result.error->kind == ErrorKind::NotAllowed));
}

void VariantList::paintEvent(QPaintEvent* event)
{
    QListView::paintEvent(event);
    if (m_model->rowCount() > 0)
        return;
    QPainter painter(viewport());
    painter.setPen(palette().color(QPalette::PlaceholderText));
    painter.drawText(viewport()->rect().adjusted(12, 8, -12, -8), Qt::AlignCenter | Qt::TextWordWrap,
                     tr("Drop model files, checkpoints or a folder with a variant set here"));
}

void VariantList::resizeEvent(QResizeEvent* event)
{
    QListView::resizeEvent(event);
    scheduleDelayedItemsLayout();
}

} // namespace vitrine
