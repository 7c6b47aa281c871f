#pragma once

#include "core/base/result.h"

#include <QJsonObject>
#include <QString>

#include <functional>

namespace vitrine {

/// A JSON object in a file that several Vitrines read and change. What cannot be read is an empty object;
/// what cannot be written is as it was. Any thread.
class JsonStore
{
public:
    explicit JsonStore(QString path) : m_path(std::move(path)) {}

    QJsonObject read() const;
    /// Reads, changes and writes, while others who change it wait (for five seconds at most).
    Status change(const std::function<void(QJsonObject&)>& edit) const;

private:
    QString m_path;
};

} // namespace vitrine
