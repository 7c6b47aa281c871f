#include "core/base/literals.h"
#include "core/base/tr.h"
#include "core/model/deit.h"

#include <cmath>

namespace vitrine {

namespace {

constexpr int largestNumber = 1 << 20;

Error unusableArchitecture(const QString& reason)
{
    return Error{ErrorKind::Malformed, tr("the DeiT architecture is unusable: %1").arg(reason)};
}

struct NumberKey
{
    const char* name;
    int DeitConfig::*member;
};

constexpr NumberKey numberKeys[] = {
    {"imageSize", &DeitConfig::imageSize}, {"patchSize", &DeitConfig::patchSize},
    {"channels", &DeitConfig::channels},   {"width", &DeitConfig::width},
    {"depth", &DeitConfig::depth},         {"heads", &DeitConfig::heads},
    {"hidden", &DeitConfig::hidden},       {"classes", &DeitConfig::classes}};

} // namespace

Result<DeitConfig> DeitConfig::fromJson(const QJsonObject& object)
{
    DeitConfig config;
    if (const QJsonValue type = object.value(u"type"_s); type != u"deit"_s)
        return unusableArchitecture(tr("its type is \"%1\", not \"deit\"").arg(type.toString()));
    for (const NumberKey& key : numberKeys) {
        const qint64 number = object.value(QLatin1String(key.name)).toInteger(0);
        if (number < 1 || number > largestNumber)
            return unusableArchitecture(
                tr("%1 must be a positive whole number").arg(QLatin1String(key.name)));
        config.*key.member = int(number);
    }
    const QJsonValue distilled = object.value(u"distilled"_s);
    const QJsonValue epsilon = object.value(u"layerNormEpsilon"_s);
    if (!distilled.isBool())
        return unusableArchitecture(tr("%1 must be true or false").arg(u"distilled"_s));
    if (!(epsilon.toDouble(-1) >= 0) || !std::isfinite(epsilon.toDouble()))
        return unusableArchitecture(tr("%1 must be a number of at least 0").arg(u"layerNormEpsilon"_s));
    if (config.imageSize % config.patchSize != 0)
        return unusableArchitecture(tr("imageSize must be a multiple of patchSize"));
    if (config.width % config.heads != 0)
        return unusableArchitecture(tr("width must be a multiple of heads"));
    const QString pooling = object.value(u"pooling"_s).toString(u"token"_s);
    if (pooling != u"token"_s && pooling != u"mean"_s)
        return unusableArchitecture(tr("%1 must be token or mean").arg(u"pooling"_s));
    config.pooling = pooling == u"mean"_s ? Pooling::MeanOfPatches : Pooling::ClassToken;
    config.distilled = distilled.toBool();
    config.layerNormEpsilon = epsilon.toDouble();
    return config;
}

QJsonObject DeitConfig::toJson() const
{
    QJsonObject object{
        {u"type"_s, u"deit"_s}, {u"distilled"_s, distilled}, {u"layerNormEpsilon"_s, layerNormEpsilon}};
    for (const NumberKey& key : numberKeys)
        object.insert(QLatin1String(key.name), this->*key.member);
    if (pooling == Pooling::MeanOfPatches)
        object.insert(u"pooling"_s, u"mean"_s);
    return object;
}

} // namespace vitrine
