#include "core/measure/machine_stamp.h"

#include "core/measure/machine_facts.h"
#include "core/version.h"

#include <QFile>
#include <QSysInfo>
#include <QThread>

namespace vitrine {

namespace {

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QString cpuModel()
{
    const QString model = cpuModelFromCpuInfo(contentOf(QStringLiteral("/proc/cpuinfo")));
    return model.isEmpty() ? QSysInfo::currentCpuArchitecture() : model;
}

QString cpuGovernor()
{
    const auto path = QStringLiteral("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor");
    return QString::fromLatin1(contentOf(path)).trimmed();
}

QJsonValue orNull(const QString& text)
{
    return text.isEmpty() ? QJsonValue() : QJsonValue(text);
}

} // namespace

QString cpuModelFromCpuInfo(const QByteArray& cpuInfo)
{
    for (const char* key : {"model name", "Model", "Hardware", "cpu model"})
        for (const QByteArray& line : cpuInfo.split('\n')) {
            const qsizetype colon = line.indexOf(':');
            if (colon > 0 && line.first(colon).trimmed() == key)
                return QString::fromUtf8(line.sliced(colon + 1)).simplified();
        }
    return {};
}

double loadFromLoadAverage(const QByteArray& loadAverage)
{
    bool ok = false;
    const double load = loadAverage.left(loadAverage.indexOf(' ')).toDouble(&ok);
    return ok ? load : -1;
}

MachineStamp MachineStamp::ofThisMachine()
{
    MachineStamp stamp;
    stamp.vitrineVersion = version();
    stamp.qtVersion = QString::fromLatin1(qVersion());
    stamp.cpuModel = vitrine::cpuModel();
    stamp.virtualCpus = QThread::idealThreadCount();
    stamp.governor = cpuGovernor();
    stamp.load = loadFromLoadAverage(contentOf(QStringLiteral("/proc/loadavg")));
    stamp.operatingSystem = QSysInfo::prettyProductName() + QStringLiteral(", ") + QSysInfo::kernelType() +
                            u' ' + QSysInfo::kernelVersion();
    stamp.time = QDateTime::currentDateTimeUtc();
    return stamp;
}

QJsonObject MachineStamp::toJson() const
{
    return {
        {QStringLiteral("vitrine_version"), orNull(vitrineVersion)},
        {QStringLiteral("qt_version"), orNull(qtVersion)},
        {QStringLiteral("engine"), orNull(engineName)},
        {QStringLiteral("engine_version"), orNull(engineVersion)},
        {QStringLiteral("blas"), orNull(blas)},
        {QStringLiteral("quantized_engine"), orNull(quantizedEngine)},
        {QStringLiteral("cpu"), orNull(cpuModel)},
        {QStringLiteral("virtual_cpus"), virtualCpus},
        {QStringLiteral("governor"), orNull(governor)},
        {QStringLiteral("load"), load < 0 ? QJsonValue() : QJsonValue(load)},
        {QStringLiteral("operating_system"), orNull(operatingSystem)},
        {QStringLiteral("threads"), threads},
        {QStringLiteral("seed"), timed.isEmpty() ? QJsonValue() : QJsonValue(static_cast<qint64>(seed))},
        {QStringLiteral("preprocessing"), orNull(preprocessing)},
        {QStringLiteral("image_sha256"), orNull(imageSha256)},
        {QStringLiteral("timed"), orNull(timed)},
        {QStringLiteral("time"), orNull(time.toString(Qt::ISODateWithMs))},
    };
}

MachineStamp MachineStamp::fromJson(const QJsonObject& json)
{
    const auto text = [&](const char* key) { return json.value(QLatin1String(key)).toString(); };
    MachineStamp stamp;
    stamp.vitrineVersion = text("vitrine_version");
    stamp.qtVersion = text("qt_version");
    stamp.engineName = text("engine");
    stamp.engineVersion = text("engine_version");
    stamp.blas = text("blas");
    stamp.quantizedEngine = text("quantized_engine");
    stamp.cpuModel = text("cpu");
    stamp.virtualCpus = json.value(QLatin1String("virtual_cpus")).toInt();
    stamp.governor = text("governor");
    stamp.load = json.value(QLatin1String("load")).toDouble(-1);
    stamp.operatingSystem = text("operating_system");
    stamp.threads = json.value(QLatin1String("threads")).toInt(1);
    stamp.seed = static_cast<std::uint64_t>(json.value(QLatin1String("seed")).toInteger());
    stamp.preprocessing = text("preprocessing");
    stamp.imageSha256 = text("image_sha256");
    stamp.timed = text("timed");
    stamp.time = QDateTime::fromString(text("time"), Qt::ISODateWithMs);
    return stamp;
}

} // namespace vitrine
