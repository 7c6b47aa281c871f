#include "tests/support/warnings.h"

#include <QMutex>

#include <algorithm>

namespace vitrine::test {

namespace {

QMutex mutex;
QStringList collected;
QtMessageHandler previous = nullptr;

void collect(QtMsgType type, const QMessageLogContext& context, const QString& message)
{
    if (type == QtWarningMsg || type == QtCriticalMsg) {
        const QMutexLocker lock(&mutex);
        collected << message;
    } else {
        previous(type, context, message);
    }
}

} // namespace

Warnings::Warnings()
{
    collected.clear();
    previous = qInstallMessageHandler(collect);
}

Warnings::~Warnings()
{
    qInstallMessageHandler(previous);
}

QStringList Warnings::all() const
{
    const QMutexLocker lock(&mutex);
    QStringList warnings = collected;
    warnings.removeIf([this](const QString& warning) {
        return std::ranges::any_of(m_ignored,
                                   [&](const QString& start) { return warning.startsWith(start); });
    });
    return warnings;
}

void Warnings::ignore(const QString& beginning)
{
    m_ignored << beginning;
}

} // namespace vitrine::test
