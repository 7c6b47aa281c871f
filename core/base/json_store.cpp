#include "core/base/json_store.h"

#include "core/base/file_writing.h"
#include "core/base/literals.h"
#include "core/base/tr.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QLockFile>

namespace vitrine {

QJsonObject JsonStore::read() const
{
    QFile file(m_path);
    return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object() : QJsonObject();
}

Status JsonStore::change(const std::function<void(QJsonObject&)>& edit) const
{
    QDir().mkpath(QFileInfo(m_path).path()); // that it is missing is told below
    constexpr int longestWaitMs = 1'000;
    QLockFile lock(m_path + u".lock"_s);
    if (!lock.tryLock(longestWaitMs) && lock.error() == QLockFile::LockFailedError)
        return notWritable(m_path, tr("another program holds its lock"));
    QJsonObject object = read();
    edit(object);
    return writeFileAtomically(m_path, QJsonDocument(object).toJson());
}

} // namespace vitrine
