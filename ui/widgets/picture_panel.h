#pragma once

#include "core/compare/comparison.h"

#include <QWidget>

class QLabel;

namespace vitrine {

class ComparisonSession;
class ElidedLabel;
class PictureView;

/// The current image with its name and size, what of it the model sees, and what is wrong with it.
class PicturePanel : public QWidget
{
    Q_OBJECT

public:
    explicit PicturePanel(const ComparisonSession& session, QWidget* parent = nullptr);

    void setComparison(const Comparison& comparison);
    PictureView* view() const { return m_view; }
    QString caption() const;
    QString warning() const; ///< What is shown below the picture; empty: nothing.

private:
    const ComparisonSession& m_session;
    ElidedLabel* m_name;
    QLabel* m_size;
    PictureView* m_view;
    QLabel* m_warning;
};

} // namespace vitrine
