#include "core/measure/machine_stamp.h"

#include "core/base/json_values.h"
#include "core/base/literals.h"
#include "core/base/version.h"
#include "core/measure/machine_facts.h"

#include <QFile>
#include <QSysInfo>
#include <QThread>

namespace vitrine {

namespace {

const QString separator = u", "_s;

QString withVersion(const QString& name, const QString& version)
{
    return QString(name + u' ' + version).trimmed();
}

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QString cpuModel()
{
    const QString model = cpuModelFromCpuInfo(contentOf(u"/proc/cpuinfo"_s));
    return model.isEmpty() ? QSysInfo::currentCpuArchitecture() : model;
}

QString cpuGovernor()
{
    const auto path = u"/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor"_s;
    return QString::fromLatin1(contentOf(path)).trimmed();
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
    stamp.load = loadFromLoadAverage(contentOf(u"/proc/loadavg"_s));
    stamp.operatingSystem =
        QSysInfo::prettyProductName() + u", "_s + QSysInfo::kernelType() + u' ' + QSysInfo::kernelVersion();
    stamp.time = QDateTime::currentDateTimeUtc();
    return stamp;
}

void MachineStamp::addEngine(const QString& name, const QString& version, const QString& usesBlas)
{
    if (engines().contains(withVersion(name, version)))
        return;
    const bool isFirst = engineName.isEmpty();
    engineName += isFirst ? name : separator + name;
    engineVersion += isFirst ? version : separator + version;
    if (!blas.split(separator).contains(usesBlas))
        blas += blas.isEmpty() ? usesBlas : separator + usesBlas;
}

QStringList MachineStamp::engines() const
{
    QStringList result;
    const QStringList versions = engineVersion.split(separator);
    for (const QString& name : engineName.split(separator, Qt::SkipEmptyParts))
        result << withVersion(name, versions.value(result.size()));
    return result;
}

QJsonObject MachineStamp::toJson() const
{
    return {
        {u"vitrine_version"_s, orNull(vitrineVersion)},
        {u"qt_version"_s, orNull(qtVersion)},
        {u"engine"_s, orNull(engineName)},
        {u"engine_version"_s, orNull(engineVersion)},
        {u"blas"_s, orNull(blas)},
        {u"quantized_engine"_s, orNull(quantizedEngine)},
        {u"cpu"_s, orNull(cpuModel)},
        {u"virtual_cpus"_s, virtualCpus},
        {u"governor"_s, orNull(governor)},
        {u"load"_s, load < 0 ? QJsonValue() : QJsonValue(load)},
        {u"operating_system"_s, orNull(operatingSystem)},
        {u"threads"_s, threads},
        {u"seed"_s, timed.isEmpty() ? QJsonValue() : QJsonValue(static_cast<qint64>(seed))},
        {u"preprocessing"_s, orNull(preprocessing)},
        {u"image_sha256"_s, orNull(imageSha256)},
        {u"timed"_s, orNull(timed)},
        {u"time"_s, orNull(time.toString(Qt::ISODateWithMs))},
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
    stamp.virtualCpus = json.value("virtual_cpus"_L1).toInt();
    stamp.governor = text("governor");
    stamp.load = json.value("load"_L1).toDouble(-1);
    stamp.operatingSystem = text("operating_system");
    stamp.threads = json.value("threads"_L1).toInt(1);
    stamp.seed = static_cast<std::uint64_t>(json.value("seed"_L1).toInteger());
    stamp.preprocessing = text("preprocessing");
    stamp.imageSha256 = text("image_sha256");
    stamp.timed = text("timed");
    stamp.time = QDateTime::fromString(text("time"), Qt::ISODateWithMs);
    return stamp;
}

} // namespace vitrine
