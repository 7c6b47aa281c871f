#include "core/base/json_store.h"

#include "core/base/file_writing.h"
#include "core/base/literals.h"
#include "core/base/tr.h"

#include <QDeadlineTimer>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QLockFile>

#include <chrono>
#include <thread>

namespace vitrine {

namespace {

/// QLockFile itself waits longer and longer between two looks, so that others overtake it. True also where
/// there can be no lock.
bool waitFor(QLockFile& lock)
{
    constexpr std::chrono::seconds longest(5);
    constexpr std::chrono::milliseconds pause(3);
    const QDeadlineTimer end(longest);
    while (!lock.tryLock(0) && lock.error() == QLockFile::LockFailedError) {
        if (end.hasExpired())
            return false;
        std::this_thread::sleep_for(pause);
    }
    return true;
}

} // namespace

QJsonObject JsonStore::read() const
{
    QFile file(m_path);
    return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object() : QJsonObject();
}

Status JsonStore::change(const std::function<void(QJsonObject&)>& edit) const
{
    QDir().mkpath(QFileInfo(m_path).path()); // that it is missing is told below
    QLockFile lock(m_path + u".lock"_s);
    if (!waitFor(lock))
        return notWritable(m_path, tr("another program holds its lock"));
    QJsonObject object = read();
    edit(object);
    return writeFileAtomically(m_path, QJsonDocument(object).toJson());
}

} // namespace vitrine
