#pragma once

#include <QByteArray>
#include <QString>

namespace vitrine::test {

/// A program that stands in for `vitrine probe`: a script of /bin/sh. Returns the path.
QString writeChild(const QString& path, const QByteArray& script);

/// A script that reports a load of 30 ms, a first forward of 12.5 ms and 50 MB over 100 MB.
QByteArray reportingChild();

/// Whether a process of this id is there.
bool processExists(qint64 id);

} // namespace vitrine::test
