#pragma once

#include <QByteArray>
#include <QList>
#include <QString>

#include <functional>
#include <optional>
#include <utility>
#include <vector>

namespace vitrine::test {

/// Whole files; a failure stops the test program.
QByteArray readFile(const QString& path);
/// Makes missing folders. Gives the path back.
QString writeFile(const QString& path, const QByteArray& content);
/// Little-endian float32, one after another.
std::vector<float> readFloats(const QString& path);

enum class ZipMethod { Stored, Deflated };
/// A zip archive of these names and contents. Gives the path back.
QString writeZip(const QString& path, const QList<std::pair<QString, QByteArray>>& entries,
                 ZipMethod method = ZipMethod::Stored);

/// What an entry holds instead of `content`; none: it is left out. Names are without the top folder.
using ZipEdit = std::function<std::optional<QByteArray>(const QString& name, const QByteArray& content)>;
/// Writes a copy of a small archive with every entry edited, and its checksums right. Gives `target` back.
QString editZip(const QString& source, const QString& target, const ZipEdit& edit);

} // namespace vitrine::test
