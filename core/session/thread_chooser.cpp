#include "core/session/thread_chooser.h"

#include "core/base/literals.h"
#include "core/measure/thread_choice.h"

#include <QJsonObject>

namespace vitrine {

namespace {

QString machineKey(const MachineStamp& machine)
{
    return u"%1, %2 processors"_s.arg(machine.cpuModel).arg(machine.virtualCpus);
}

QString modelKey(const QByteArray& sha256)
{
    return QString::fromLatin1(sha256.toHex());
}

} // namespace

std::optional<int> ThreadMemory::find(const MachineStamp& machine, const QByteArray& modelSha256) const
{
    const int threads = m_store.read()[machineKey(machine)].toObject()[modelKey(modelSha256)].toInt();
    return threads >= 1 && threads <= machine.virtualCpus ? std::optional(threads) : std::nullopt;
}

Status ThreadMemory::remember(const MachineStamp& machine, const QByteArray& modelSha256, int threads) const
{
    return m_store.change([&](QJsonObject& all) {
        QJsonObject models = all[machineKey(machine)].toObject();
        models.insert(modelKey(modelSha256), threads);
        all.insert(machineKey(machine), models);
    });
}

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
    m_session.setRunSettings(m_session.runSettings().onThreads(*known));
}

void ThreadChooser::remember(const QString& variantId, int threads)
{
    const auto now = m_session.snapshot();
    if (const VariantResult* variant = now->variant(variantId))
        Q_EMIT foundOut(variantId, threads,
                        ThreadMemory().remember(now->stamp, variant->variant.sha256, threads));
}

} // namespace vitrine
