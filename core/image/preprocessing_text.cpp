#include "core/image/preprocessing.h"

#include "core/base/json_values.h"
#include "core/base/tr.h"

#include <QJsonArray>
#include <QStringList>

#include <algorithm>
#include <array>
#include <charconv>

namespace vitrine {

namespace {

using Values = std::vector<float>;

/// A member that is one of two words.
struct Words
{
    const char* first; ///< The default.
    const char* second;
    bool (*isSecond)(const Preprocessing&);
    void (*setSecond)(Preprocessing&, bool);

    QString of(const Preprocessing& p) const { return QLatin1String(isSecond(p) ? second : first); }
};

/// A key of texts and of JSON, and the one member that it stands for.
struct Key
{
    const char* name;
    int Preprocessing::*number = nullptr;
    Values Preprocessing::*values = nullptr;
    const Words* words = nullptr;
};

constexpr Words interpolations{
    "bicubic", "bilinear", [](const Preprocessing& p) { return p.interpolation == Interpolation::Bilinear; },
    [](Preprocessing& p, bool second) {
        p.interpolation = second ? Interpolation::Bilinear : Interpolation::Bicubic;
    }};
constexpr Words fits{"short", "stretch", [](const Preprocessing& p) { return p.fit == Fit::Stretch; },
                     [](Preprocessing& p, bool second) { p.fit = second ? Fit::Stretch : Fit::ShortSide; }};

constexpr std::array keys{Key{"size", &Preprocessing::size},
                          Key{"resize", &Preprocessing::resize},
                          Key{"channels", &Preprocessing::channels},
                          Key{"mean", nullptr, &Preprocessing::mean},
                          Key{"std", nullptr, &Preprocessing::standardDeviation},
                          Key{"interpolation", nullptr, nullptr, &interpolations},
                          Key{"fit", nullptr, nullptr, &fits}};

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

Status demand(bool fulfilled, ErrorKind kind, const Key& key, const QString& expected)
{
    if (fulfilled)
        return Done{};
    return Error{kind, tr("The preprocessing's \"%1\" must be %2.").arg(QLatin1String(key.name), expected)};
}

Status assignWord(Preprocessing& p, const Key& key, const QString& text, ErrorKind kind)
{
    const auto first = QLatin1String(key.words->first);
    const auto second = QLatin1String(key.words->second);
    key.words->setSecond(p, text == second);
    return demand(text == first || text == second, kind, key, tr("%1 or %2").arg(first, second));
}

Status assign(Preprocessing& p, const Key& key, const QString& text)
{
    bool ok = false;
    if (key.words)
        return assignWord(p, key, text, ErrorKind::Usage);
    if (key.number) {
        p.*key.number = text.toInt(&ok);
        return demand(ok, ErrorKind::Usage, key, tr("a whole number"));
    }
    Values& values = p.*key.values;
    values.clear();
    bool areNumbers = true;
    for (const QString& part : text.split(u':')) {
        values.push_back(part.trimmed().toFloat(&ok));
        areNumbers = areNumbers && ok;
    }
    return demand(areNumbers, ErrorKind::Usage, key, tr("one number, or one a channel joined by ':'"));
}

void spread(Values& values, int channels)
{
    if (values.size() == 1 && channels == 3)
        values.resize(3, values.front());
}

QJsonArray toArray(const Values& values)
{
    return arrayOf(values, [](float value) { return shortest(value).toDouble(); });
}

Status assign(Preprocessing& p, const Key& key, const QJsonValue& json)
{
    if (key.words)
        return assignWord(p, key, json.toString(), ErrorKind::Malformed);
    if (key.number) {
        p.*key.number = json.toInt(-1);
        return demand(json.isDouble() && json.toInt(-1) == json.toDouble(), ErrorKind::Malformed, key,
                      tr("a whole number"));
    }
    Values& values = p.*key.values;
    values.clear();
    bool areNumbers = json.isArray();
    const QJsonArray array = json.toArray();
    for (const auto& element : array) {
        values.push_back(static_cast<float>(element.toDouble()));
        areNumbers = areNumbers && element.isDouble();
    }
    return demand(areNumbers, ErrorKind::Malformed, key, tr("a list of numbers"));
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
    QStringList named;
    for (const QString& entry : text.isEmpty() ? QStringList() : text.split(u',')) {
        const QString name = entry.section(u'=', 0, 0).trimmed();
        if (name.isEmpty())
            return Error{ErrorKind::Usage,
                         tr("The preprocessing has an entry without a name: give KEY=VALUE, joined by ','.")};
        const auto key =
            std::ranges::find_if(keys, [&](const Key& known) { return name == QLatin1String(known.name); });
        if (key == keys.end())
            return Error{ErrorKind::Usage,
                         tr("The preprocessing has no \"%1\": use size, resize, channels, mean, std, "
                            "interpolation or fit.")
                             .arg(name)};
        if (named.contains(name))
            return Error{ErrorKind::Usage,
                         tr("The preprocessing names \"%1\" twice: state it once.").arg(name)};
        named.append(name);
        if (const Status assigned = assign(result, *key, entry.section(u'=', 1).trimmed()); !assigned)
            return assigned.failure();
    }
    spread(result.mean, result.channels);
    spread(result.standardDeviation, result.channels);
    return validated(result);
}

QString Preprocessing::toText() const
{
    QStringList texts;
    for (const Key& key : keys)
        texts.append(QLatin1String(key.name) + u'=' +
                     (key.words    ? key.words->of(*this)
                      : key.number ? QString::number(this->*key.number)
                                   : join(this->*key.values)));
    return texts.join(u',');
}

Result<Preprocessing> Preprocessing::fromJson(const QJsonObject& object)
{
    Preprocessing result;
    for (const Key& key : keys)
        if (const QJsonValue value = object.value(QLatin1String(key.name)); !value.isUndefined())
            if (const Status assigned = assign(result, key, value); !assigned)
                return assigned.failure();
    return validated(result);
}

QJsonObject Preprocessing::toJson() const
{
    QJsonObject object;
    for (const Key& key : keys)
        object.insert(QLatin1String(key.name), key.words    ? QJsonValue(key.words->of(*this))
                                               : key.number ? QJsonValue(this->*key.number)
                                                            : QJsonValue(toArray(this->*key.values)));
    return object;
}

} // namespace vitrine
