#include "core/engine/engine_info.h"

#include "core/base/literals.h"

#include <QJsonArray>

#include <algorithm>

namespace vitrine {

namespace {

struct FormatId
{
    FileFormat format;
    const char* id;
};

constexpr FormatId formatIds[] = {
    {FileFormat::TorchScript, "torchscript"},      {FileFormat::LiteArchive, "lite"},
    {FileFormat::ZipCheckpoint, "zip-checkpoint"}, {FileFormat::LegacyCheckpoint, "legacy-checkpoint"},
    {FileFormat::Safetensors, "safetensors"},
};

std::optional<FileFormat> formatFromId(const QString& asked)
{
    for (const auto& [format, id] : formatIds)
        if (asked == QLatin1String(id))
            return format;
    return std::nullopt;
}

template <typename Value>
std::vector<Value> known(const QJsonValue& names, std::optional<Value> (*fromName)(const QString&))
{
    std::vector<Value> values;
    const QJsonArray array = names.toArray();
    for (const QJsonValue& name : array)
        if (const auto value = fromName(name.toString()))
            values.push_back(*value);
    return values;
}

} // namespace

bool EngineInfo::opensFormat(FileFormat format) const
{
    return std::ranges::count(opens, format) > 0;
}

bool EngineInfo::buildsKind(VariantKind kind) const
{
    return std::ranges::count(builds, kind) > 0;
}

std::optional<EngineInfo> engineInfoFromJson(const QJsonObject& json)
{
    EngineInfo info{json.value(u"id"_s).toString(), json.value(u"name"_s).toString(),
                    known(json.value(u"opens"_s), formatFromId),
                    known(json.value(u"builds"_s), kindFromName)};
    if (info.id.isEmpty() || info.name.isEmpty())
        return std::nullopt;
    return info;
}

} // namespace vitrine
