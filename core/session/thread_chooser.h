#pragma once

#include "core/base/data_file.h"
#include "core/base/json_store.h"
#include "core/base/literals.h"
#include "core/session/comparison_session.h"

#include <optional>
#include <utility>

namespace vitrine {

/// On how many threads a model is fastest, remembered between runs: by processor, number of processors and
/// the model's SHA-256. A file that cannot be read is as good as an empty one.
class ThreadMemory
{
public:
    /// threads.json in Vitrine's folder below the user's cache folder (XDG_CACHE_HOME).
    explicit ThreadMemory(QString path = cachePath(u"threads.json"_s)) : m_store(std::move(path)) {}

    std::optional<int> find(const MachineStamp& machine, const QByteArray& modelSha256) const;
    Status remember(const MachineStamp& machine, const QByteArray& modelSha256, int threads) const;

private:
    JsonStore m_store;
};

/// Has a session run on as many threads as its baseline is fastest on. What a calibration finds out is
/// remembered (see ThreadMemory), whoever asked for it. Lives on the session's thread.
class ThreadChooser : public QObject
{
    Q_OBJECT

public:
    explicit ThreadChooser(ComparisonSession& session, QObject* parent = nullptr);

    /// What is asked of the session next runs on as many: remembered, or else calibrated first. Without an
    /// enabled variant nothing happens.
    void choose();

Q_SIGNALS:
    /// A calibration has found this out for this variant; whether it will be known next time.
    void foundOut(const QString& variantId, int threads, const vitrine::Status& remembered);

private:
    void remember(const QString& variantId, int threads);

    ComparisonSession& m_session;
};

} // namespace vitrine
