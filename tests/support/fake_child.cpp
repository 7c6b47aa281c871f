#include "tests/support/fake_child.h"

#include "core/base/literals.h"
#include "core/probe/probe_report.h"
#include "tests/support/files.h"

#include <QFile>
#include <QJsonDocument>

#include <csignal>

namespace vitrine::test {

using namespace std::chrono_literals;

QString writeChild(const QString& path, const QByteArray& script)
{
    writeFile(path, "#!/bin/sh\n" + script + "\n");
    if (!QFile::setPermissions(path, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner))
        qFatal("cannot make %s executable", qPrintable(path));
    return path;
}

QByteArray reportingChild()
{
    ProbeReport report;
    report.path = u"/models/lite.ptl"_s;
    report.kind = VariantKind::Lite;
    report.quantizedEngine = u"fake-int8"_s;
    report.run = {{30ms, 12'500us}, 100'000'000, 150'000'000, 3};
    return "cat <<'END'\n" + QJsonDocument(report.toJson()).toJson() + "END";
}

bool processExists(qint64 id)
{
    return kill(static_cast<pid_t>(id), 0) == 0;
}

} // namespace vitrine::test
