#pragma once

#include <QWidget>

class QAction;
class QLabel;

namespace vitrine {

/// What the window shows while there is nothing to compare: one sentence and where to begin.
class WelcomePage : public QWidget
{
    Q_OBJECT

public:
    /// Rows of buttons, one for each of these actions; the first row stands out.
    explicit WelcomePage(const QList<QList<QAction*>>& rows, QWidget* parent = nullptr);

    /// What is being prepared, in place of the last line; empty: nothing.
    void setStep(const QString& step);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QLabel* m_lastLine;
};

} // namespace vitrine
