#pragma once

#include <QWidget>

class QAction;

namespace vitrine {

/// What the window shows while there is nothing to compare: one sentence and where to begin.
class WelcomePage : public QWidget
{
    Q_OBJECT

public:
    /// A button for each of these actions.
    explicit WelcomePage(const QList<QAction*>& actions, QWidget* parent = nullptr);

protected:
    void paintEvent(QPaintEvent* event) override;
};

} // namespace vitrine
