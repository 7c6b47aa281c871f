#pragma once

#include "core/base/progress.h"

#include <QWidget>

class QLabel;
class QProgressBar;

namespace vitrine {

/// What is being done, in words, over a bar.
class StepProgress : public QWidget
{
    Q_OBJECT

public:
    explicit StepProgress(QWidget* parent = nullptr);

    void
    setProgress(const Progress& progress); ///< Without a total the bar only shows that something goes on.
    QString step() const;

private:
    QLabel* m_step;
    QProgressBar* m_bar;
};

} // namespace vitrine
