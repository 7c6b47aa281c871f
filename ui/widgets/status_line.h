#pragma once

#include "core/base/progress.h"
#include "core/compare/comparison.h"

#include <QStatusBar>

class QLabel;
class QProgressBar;

namespace vitrine {

class ElidedLabel;

/// Model, engine, threads, library and how far latencies are to be trusted at the left; what is being done,
/// and how far it is, at the right.
class StatusLine : public QStatusBar
{
    Q_OBJECT

public:
    explicit StatusLine(QWidget* parent = nullptr);

    void setComparison(const Comparison& comparison);
    void setProgress(const Progress& progress);
    void setBusy(bool busy);
    QString facts() const;
    QString step() const; ///< Empty while nothing is being done.

private:
    ElidedLabel* m_facts;
    ElidedLabel* m_step;
    QProgressBar* m_bar;
};

} // namespace vitrine
