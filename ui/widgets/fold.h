#pragma once

#include <QWidget>

class QToolButton;

namespace vitrine {

/// A part of a form that is folded away until its heading is clicked.
class Fold : public QWidget
{
    Q_OBJECT

public:
    Fold(const QString& heading, QWidget* content, QWidget* parent = nullptr);

    void setOpen(bool open);

private:
    QToolButton* m_heading;
};

} // namespace vitrine
