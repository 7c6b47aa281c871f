#include "core/measure/machine_stamp.h"

#include "core/base/json_values.h"
#include "core/base/literals.h"
#include "core/base/tr.h"
#include "core/base/version.h"

#include <QFile>
#include <QSysInfo>
#include <QThread>

namespace vitrine {

namespace {

const QString separator = u", "_s;

struct TextField
{
    const char* key;
    QString MachineStamp::*text;
};

constexpr TextField texts[] = {
    {"vitrine_version", &MachineStamp::vitrineVersion},
    {"qt_version", &MachineStamp::qtVersion},
    {"engine", &MachineStamp::engineName},
    {"engine_version", &MachineStamp::engineVersion},
    {"blas", &MachineStamp::blas},
    {"quantized_engine", &MachineStamp::quantizedEngine},
    {"cpu", &MachineStamp::cpuModel},
    {"governor", &MachineStamp::governor},
    {"operating_system", &MachineStamp::operatingSystem},
    {"preprocessing", &MachineStamp::preprocessing},
    {"image_sha256", &MachineStamp::imageSha256},
    {"timed", &MachineStamp::timed},
    {"process", &MachineStamp::process},
};

QString withVersion(const QString& name, const QString& version)
{
    return QString(name + u' ' + version).trimmed();
}

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
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
    stamp.cpuModel = cpuModelFromCpuInfo(contentOf(u"/proc/cpuinfo"_s));
    if (stamp.cpuModel.isEmpty())
        stamp.cpuModel = QSysInfo::currentCpuArchitecture();
    stamp.virtualCpus = QThread::idealThreadCount();
    const auto governor = u"/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor"_s;
    stamp.governor = QString::fromLatin1(contentOf(governor)).trimmed();
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
    QJsonObject json{
        {u"virtual_cpus"_s, virtualCpus},
        {u"load"_s, load < 0 ? QJsonValue() : QJsonValue(load)},
        {u"threads"_s, threads},
        {u"seed"_s, timed.isEmpty() ? QJsonValue() : QJsonValue(static_cast<qint64>(seed))},
        {u"time"_s, orNull(time.toString(Qt::ISODateWithMs))},
    };
    for (const auto& [key, text] : texts)
        json.insert(QLatin1String(key), orNull(this->*text));
    return json;
}

MachineStamp MachineStamp::fromJson(const QJsonObject& json)
{
    MachineStamp stamp;
    for (const auto& [key, text] : texts)
        stamp.*text = json.value(QLatin1String(key)).toString();
    stamp.virtualCpus = json.value("virtual_cpus"_L1).toInt();
    stamp.load = json.value("load"_L1).toDouble(-1);
    stamp.threads = json.value("threads"_L1).toInt(1);
    stamp.seed = static_cast<std::uint64_t>(json.value("seed"_L1).toInteger());
    stamp.time = QDateTime::fromString(json.value("time"_L1).toString(), Qt::ISODateWithMs);
    return stamp;
}

QString stampText(const MachineStamp& stamp)
{
    const auto named = [](const QString& name, const QString& value) {
        return value.isEmpty() ? QString() : tr("%1: %2").arg(name, value);
    };
    QStringList parts{stamp.engines().join(separator), stamp.blas,
                      named(tr("threads"), stamp.threads > 0 ? QString::number(stamp.threads) : QString()),
                      named(tr("quantized engine"), stamp.quantizedEngine), stamp.cpuModel};
    parts.removeAll(QString());
    return parts.join(separator);
}

} // namespace vitrine
