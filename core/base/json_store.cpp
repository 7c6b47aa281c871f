#include "core/base/json_store.h"

#include "core/base/file_writing.h"
#include "core/base/literals.h"

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

void JsonStore::change(const std::function<void(QJsonObject&)>& edit) const
{
    if (!QDir().mkpath(QFileInfo(m_path).path()))
        return;
    constexpr int longestWaitMs = 1'000;
    QLockFile lock(m_path + u".lock"_s);
    if (!lock.tryLock(longestWaitMs))
        return;
    QJsonObject object = read();
    edit(object);
    (void)writeFileAtomically(m_path, QJsonDocument(object).toJson());
}

} // namespace vitrine
