#pragma once

#include "core/base/literals.h"

#include <QByteArray>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTest>

namespace vitrine::test {

/// What the executable did.
struct Run
{
    int status = -1; ///< -1: it crashed or did not end.
    QByteArray out;
    QByteArray err;

    QJsonDocument json() const { return QJsonDocument::fromJson(out); }
    qsizetype errorLines() const { return err.count('\n'); }
};

inline QProcessEnvironment withoutDisplay()
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const char* name : {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"})
        environment.remove(QLatin1String(name));
    return environment;
}

/// Runs the built `vitrine`, where there is no display.
inline Run runVitrine(const QStringList& arguments, const QProcessEnvironment& environment = withoutDisplay(),
                      const QString& workingFolder = {})
{
    QProcess process;
    process.setWorkingDirectory(workingFolder);
    process.setProcessEnvironment(environment);
    process.start(QStringLiteral(VITRINE_EXECUTABLE), arguments);
    if (!process.waitForFinished(240'000)) {
        process.kill();
        process.waitForFinished();
        return {};
    }
    const bool ended = process.exitStatus() == QProcess::NormalExit;
    return {ended ? process.exitCode() : -1, process.readAllStandardOutput(), process.readAllStandardError()};
}

} // namespace vitrine::test

/// In initTestCase(): skips where LibTorch was left out of the build.
#define VITRINE_REQUIRE_TORCH()                                                                              \
    if (!VITRINE_HAS_TORCH)                                                                                  \
    QSKIP("needs a build with LibTorch")

/// Compares an exit status, and shows what the program said if it is another.
#define VITRINE_COMPARE_STATUS(run, expected)                                                                \
    QVERIFY2((run).status == (expected),                                                                     \
             qPrintable(u"status %1: "_s.arg((run).status) + QString::fromUtf8((run).err)))
