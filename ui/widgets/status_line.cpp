#include "ui/widgets/status_line.h"

#include "core/base/literals.h"
#include "core/compare/thread_sweep.h"

#include <QProgressBar>

#include <algorithm>

namespace vitrine {

namespace {

QString modelsOf(const Comparison& comparison)
{
    QStringList names;
    for (const VariantResult& variant : comparison.variants)
        if (!variant.variant.modelName.isEmpty() && !names.contains(variant.variant.modelName))
            names << variant.variant.modelName;
    return names.size() > 2 ? StatusLine::tr("%1 models").arg(names.size()) : names.join(u", "_s);
}

QString libraryOf(const MachineStamp& stamp)
{
    QStringList parts = stamp.engines();
    if (!parts.isEmpty() && !stamp.blas.isEmpty())
        parts << stamp.blas;
    return parts.join(u", "_s);
}

/// "trust: noisy": the worst badge of what is shown.
QString trustOf(const Comparison& comparison)
{
    std::optional<TrustBadge> worst;
    for (const VariantResult& variant : comparison.variants)
        if (variant.enabled && variant.latency->badge)
            worst = std::max(worst.value_or(TrustBadge::Good), *variant.latency->badge);
    return worst ? StatusLine::tr("trust: %1").arg(badgeText(*worst)) : QString();
}

} // namespace

StatusLine::StatusLine(QWidget* parent)
    : QStatusBar(parent), m_facts(new ElidedLabel), m_step(new ElidedLabel), m_bar(new QProgressBar)
{
    m_bar->setFixedWidth(140);
    m_bar->setAccessibleName(tr("Progress"));
    m_step->setFixedWidth(250);
    m_step->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    addWidget(m_facts, 1);
    addPermanentWidget(m_step);
    addPermanentWidget(m_bar);
    setBusy(false);
}

void StatusLine::setComparison(const Comparison& comparison)
{
    const MachineStamp& stamp = comparison.stamp;
    QStringList parts{modelsOf(comparison), stamp.quantizedEngine, threadsText(stamp.threads),
                      libraryOf(stamp), trustOf(comparison)};
    parts.removeAll(QString());
    m_facts->setFullText(parts.join(u"  |  "_s));
}

void StatusLine::setProgress(const Progress& progress)
{
    constexpr int steps = 1000;
    m_step->setFullText(progress.step);
    m_bar->setRange(0, progress.total > 0 ? steps : 0);
    if (progress.total > 0)
        m_bar->setValue(static_cast<int>(progress.done * steps / progress.total));
}

void StatusLine::setBusy(bool busy)
{
    m_step->setFullText(busy ? tr("Working…") : QString());
    m_bar->setRange(0, busy ? 0 : 1);
    m_bar->reset();
    m_bar->setVisible(busy);
    m_step->setVisible(busy);
}

} // namespace vitrine
