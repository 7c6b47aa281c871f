#include "ui/format.h"

#include "core/base/literals.h"
#include "core/base/shown_text.h"
#include "core/base/units.h"

#include <QFileInfo>
#include <QLocale>

#include <cmath>

namespace vitrine {

namespace {

constexpr QChar noBreakSpace(0x00a0);

QString withUnit(const QString& number, QLatin1String unit)
{
    return number + noBreakSpace + unit;
}

} // namespace

QString formatNumber(double value)
{
    const double size = std::abs(value);
    int decimals = 0;
    if (size < 0.9995)
        decimals = 3;
    else if (size < 9.995)
        decimals = 2;
    else if (size < 99.95)
        decimals = 1;
    return QLocale().toString(value, 'f', value == 0 ? 0 : decimals);
}

QString formatMegabytes(qint64 bytes)
{
    return withUnit(formatNumber(megabytes(bytes)), "MB"_L1);
}

QString formatMilliseconds(std::chrono::nanoseconds duration)
{
    return withUnit(formatNumber(milliseconds(duration)), "ms"_L1);
}

QString formatDuration(std::chrono::seconds duration)
{
    const auto seconds = static_cast<double>(duration.count());
    const auto part = [](double number, const char* unit) {
        return withUnit(QLocale().toString(number, 'f', 0), QLatin1String(unit));
    };
    if (duration < std::chrono::minutes(1))
        return part(seconds, "s");
    if (duration < std::chrono::hours(1))
        return part(std::floor(seconds / 60), "min") + noBreakSpace + part(std::fmod(seconds, 60), "s");
    return part(std::floor(seconds / 3600), "h") + noBreakSpace +
           part(std::floor(std::fmod(seconds, 3600) / 60), "min");
}

QString formatPercent(double probability)
{
    return withUnit(QLocale().toString(100 * probability, 'f', 1), "%"_L1);
}

QString displayFileName(const QString& path)
{
    const QString name = QFileInfo(path).fileName();
    return shownText(name.isEmpty() ? path : name, LineBreaks::Shown);
}

} // namespace vitrine
