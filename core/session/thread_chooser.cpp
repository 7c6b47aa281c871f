#include "core/session/thread_chooser.h"

#include "core/measure/thread_choice.h"
#include "core/session/thread_memory.h"

namespace vitrine {

ThreadChooser::ThreadChooser(ComparisonSession& session, QObject* parent)
    : QObject(parent), m_session(session)
{
    connect(&session, &ComparisonSession::threadsCalibrated, this, &ThreadChooser::remember);
}

void ThreadChooser::choose()
{
    const auto now = m_session.snapshot();
    const VariantResult* baseline = now->baseline();
    if (baseline == nullptr)
        return;
    const auto known = ThreadMemory().find(now->stamp, baseline->variant.sha256);
    if (!known) {
        m_session.calibrateThreads(possibleThreadCounts());
        return;
    }
    RunSettings settings = m_session.runSettings();
    settings.threads = *known;
    m_session.setRunSettings(settings);
}

void ThreadChooser::remember(const QString& variantId, int threads) const
{
    const auto now = m_session.snapshot();
    if (const VariantResult* variant = now->variant(variantId))
        ThreadMemory().remember(now->stamp, variant->variant.sha256, threads);
}

} // namespace vitrine
