#pragma once

#include "core/compare/comparison.h"

#include <QListView>

namespace vitrine {

class ComparisonSession;
class ImageListModel;

/// The images as a column of thumbnails. The selected one is the session's current image; Delete takes it
/// out.
class ImageStrip : public QListView
{
    Q_OBJECT

public:
    explicit ImageStrip(ComparisonSession& session, QWidget* parent = nullptr);

    void setComparison(const Comparison& comparison);
    ImageListModel* images() const { return m_model; }

protected:
    void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void removeCurrent();

    ComparisonSession& m_session;
    ImageListModel* m_model;
    bool m_following = false; ///< The session moves the selection, not the user.
};

} // namespace vitrine
