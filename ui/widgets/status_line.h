#pragma once

#include "core/base/progress.h"
#include "core/compare/comparison.h"
#include "ui/widgets/labels.h"

#include <QStatusBar>

class QProgressBar;

namespace vitrine {

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
    QString facts() const { return m_facts->fullText(); }
    QString step() const { return m_step->fullText(); } ///< Empty while nothing is being done.

private:
    ElidedLabel* m_facts;
    ElidedLabel* m_step;
    QProgressBar* m_bar;
};

} // namespace vitrine
