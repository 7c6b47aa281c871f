#pragma once

#include "core/base/progress.h"

#include <QLabel>
#include <QWidget>

class QProgressBar;

namespace vitrine {

/// What is being done, in words, over a bar.
class StepProgress : public QWidget
{
    Q_OBJECT

public:
    explicit StepProgress(QWidget* parent = nullptr);

    /// Without a total the bar only shows that something goes on.
    void setProgress(const Progress& progress);
    QString step() const { return m_step->text(); }

private:
    QLabel* m_step;
    QProgressBar* m_bar;
};

} // namespace vitrine
