#include "core/session/thread_memory.h"

#include "core/base/atomic_file.h"
#include "core/base/data_file.h"
#include "core/base/literals.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>

namespace vitrine {

namespace {

QJsonObject readObject(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object() : QJsonObject();
}

QString machineKey(const MachineStamp& machine)
{
    return u"%1, %2 processors"_s.arg(machine.cpuModel).arg(machine.virtualCpus);
}

QString modelKey(const QByteArray& sha256)
{
    return QString::fromLatin1(sha256.toHex());
}

} // namespace

ThreadMemory::ThreadMemory(QString path) : m_path(std::move(path)) {}

QString ThreadMemory::defaultPath()
{
    return cachePath(u"threads.json"_s);
}

std::optional<int> ThreadMemory::find(const MachineStamp& machine, const QByteArray& modelSha256) const
{
    const int threads = readObject(m_path)[machineKey(machine)].toObject()[modelKey(modelSha256)].toInt();
    return threads >= 1 && threads <= machine.virtualCpus ? std::optional(threads) : std::nullopt;
}

void ThreadMemory::remember(const MachineStamp& machine, const QByteArray& modelSha256, int threads) const
{
    QJsonObject all = readObject(m_path);
    QJsonObject models = all[machineKey(machine)].toObject();
    models.insert(modelKey(modelSha256), threads);
    all.insert(machineKey(machine), models);
    if (QDir().mkpath(QFileInfo(m_path).path()))
        (void)writeFileAtomically(m_path, QJsonDocument(all).toJson());
}

} // namespace vitrine
