#pragma once

#include "core/measure/machine_stamp.h"

#include <QByteArray>
#include <QString>

#include <optional>

namespace vitrine {

/// On how many threads a model is fastest, remembered between runs: by processor, number of processors and
/// the model's SHA-256. A file that cannot be read or written is as good as an empty one.
class ThreadMemory
{
public:
    explicit ThreadMemory(QString path = defaultPath());

    /// threads.json in Vitrine's folder below the user's cache folder (XDG_CACHE_HOME).
    static QString defaultPath();

    std::optional<int> find(const MachineStamp& machine, const QByteArray& modelSha256) const;
    void remember(const MachineStamp& machine, const QByteArray& modelSha256, int threads) const;

private:
    QString m_path;
};

} // namespace vitrine
