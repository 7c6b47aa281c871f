#include "core/base/literals.h"
#include "core/image/preprocessing.h"

#include "core/base/tr.h"

#include <QJsonArray>
#include <QStringList>

#include <array>
#include <charconv>
#include <optional>

namespace vitrine {

namespace {

using Values = std::vector<float>;

constexpr QLatin1String sizeKey("size");
constexpr QLatin1String resizeKey("resize");
constexpr QLatin1String channelsKey("channels");
constexpr QLatin1String meanKey("mean");
constexpr QLatin1String deviationKey("std");

int* integerNamed(Preprocessing& p, const QString& key)
{
    if (key == sizeKey)
        return &p.size;
    if (key == resizeKey)
        return &p.resize;
    return key == channelsKey ? &p.channels : nullptr;
}

Values* valuesNamed(Preprocessing& p, const QString& key)
{
    if (key == meanKey)
        return &p.mean;
    return key == deviationKey ? &p.standardDeviation : nullptr;
}

QString shortest(float value)
{
    std::array<char, 32> text{};
    const auto end = std::to_chars(text.data(), text.data() + text.size(), value).ptr;
    return QString::fromLatin1(text.data(), end - text.data());
}

QString join(const Values& values)
{
    QStringList texts;
    for (const float value : values)
        texts.append(shortest(value));
    return texts.join(u':');
}

std::optional<Values> split(const QString& text)
{
    Values values;
    for (const QString& part : text.split(u':')) {
        bool ok = false;
        values.push_back(part.trimmed().toFloat(&ok));
        if (!ok)
            return std::nullopt;
    }
    return values;
}

Error badValue(ErrorKind kind, const QString& key, const QString& expected)
{
    return {kind, tr("The preprocessing's \"%1\" must be %2.").arg(key, expected), {}};
}

QString numbersWord()
{
    return tr("one number, or one a channel joined by ':'");
}

Status assign(Preprocessing& p, const QString& key, const QString& text)
{
    bool ok = false;
    if (int* number = integerNamed(p, key)) {
        *number = text.toInt(&ok);
        return ok ? Status(Done{}) : badValue(ErrorKind::Usage, key, tr("a whole number"));
    }
    if (Values* values = valuesNamed(p, key)) {
        const auto numbers = split(text);
        *values = numbers.value_or(Values{});
        return numbers ? Status(Done{}) : badValue(ErrorKind::Usage, key, numbersWord());
    }
    return Error{ErrorKind::Usage,
                 tr("The preprocessing has no \"%1\": use size, resize, channels, mean or std.").arg(key),
                 {}};
}

void spread(Values& values, int channels)
{
    if (values.size() == 1 && channels == 3)
        values.resize(3, values.front());
}

QJsonArray toArray(const Values& values)
{
    QJsonArray array;
    for (const float value : values)
        array.append(shortest(value).toDouble());
    return array;
}

Status assign(Preprocessing& p, const QString& key, const QJsonValue& json)
{
    if (int* number = integerNamed(p, key)) {
        *number = json.toInt(-1);
        return json.isDouble() && json.toInt(-1) == json.toDouble()
                   ? Status(Done{})
                   : badValue(ErrorKind::Malformed, key, tr("a whole number"));
    }
    Values* values = valuesNamed(p, key);
    values->clear();
    const QJsonArray array = json.toArray();
    for (const auto& element : array) {
        if (!element.isDouble())
            return badValue(ErrorKind::Malformed, key, tr("a list of numbers"));
        values->push_back(static_cast<float>(element.toDouble()));
    }
    return json.isArray() ? Status(Done{}) : badValue(ErrorKind::Malformed, key, tr("a list of numbers"));
}

Result<Preprocessing> validated(const Preprocessing& p)
{
    if (const Status valid = p.validate(); !valid)
        return valid.failure();
    return p;
}

} // namespace

Result<Preprocessing> Preprocessing::parse(const QString& text, const Preprocessing& base)
{
    Preprocessing result = base;
    for (const QString& entry : text.split(u',', Qt::SkipEmptyParts)) {
        const QString key = entry.section(u'=', 0, 0).trimmed();
        const QString value = entry.section(u'=', 1).trimmed();
        if (const Status assigned = assign(result, key, value); !assigned)
            return assigned.failure();
    }
    spread(result.mean, result.channels);
    spread(result.standardDeviation, result.channels);
    return validated(result);
}

QString Preprocessing::toText() const
{
    return u"size=%1,resize=%2,channels=%3,mean=%4,std=%5"_s.arg(
        QString::number(size), QString::number(resize), QString::number(channels), join(mean),
        join(standardDeviation));
}

Result<Preprocessing> Preprocessing::fromJson(const QJsonObject& object)
{
    Preprocessing result;
    for (const QLatin1String key : {sizeKey, resizeKey, channelsKey, meanKey, deviationKey}) {
        if (!object.contains(key))
            continue;
        if (const Status assigned = assign(result, key, object.value(key)); !assigned)
            return assigned.failure();
    }
    return validated(result);
}

QJsonObject Preprocessing::toJson() const
{
    return {{sizeKey, size},
            {resizeKey, resize},
            {channelsKey, channels},
            {meanKey, toArray(mean)},
            {deviationKey, toArray(standardDeviation)}};
}

} // namespace vitrine
