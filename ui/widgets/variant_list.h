#pragma once

#include "core/compare/comparison.h"

#include <QListView>

#include <memory>

class QMenu;

namespace vitrine {

class ComparisonSession;
class VariantListModel;

/// The variants with their check boxes: the legend of all charts. Space toggles, Delete removes, Ctrl+C
/// copies the name and the error of the selected one.
class VariantList : public QListView
{
    Q_OBJECT

public:
    explicit VariantList(ComparisonSession& session, QWidget* parent = nullptr);

    void setComparison(const Comparison& comparison);
    VariantListModel* variants() const { return m_model; }
    /// What can be done with this variant; null: there is none.
    std::unique_ptr<QMenu> menuFor(const QModelIndex& index);

Q_SIGNALS:
    void inputWanted(const QString& variantId);   ///< Input settings… was chosen.
    void detailsWanted(const QString& variantId); ///< Show details was chosen.
    void filesWanted(const QString& variantId);   ///< Allow files and network… was chosen.
    void buildWanted(const QString& path);        ///< Build variants… was chosen.

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void addPermission(QMenu* menu, const VariantResult& result);
    QString currentId() const;
    void removeCurrent();
    void copyCurrent() const;
    void showOnlyCurrent();

    ComparisonSession& m_session;
    VariantListModel* m_model;
    QString m_baselineId;
};

} // namespace vitrine
