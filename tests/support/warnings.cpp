#include "tests/support/warnings.h"

#include <QMutex>

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
    return collected;
}

} // namespace vitrine::test
