#include "core/engine/engine_info.h"

#include "core/base/literals.h"

#include <QJsonArray>

#include <algorithm>
#include <array>

namespace vitrine {

namespace {

struct FormatId
{
    FileFormat format;
    const char* id;
};

constexpr std::array formatIds{
    FormatId{FileFormat::TorchScript, "torchscript"},
    FormatId{FileFormat::LiteArchive, "lite"},
    FormatId{FileFormat::ZipCheckpoint, "zip-checkpoint"},
    FormatId{FileFormat::LegacyCheckpoint, "legacy-checkpoint"},
    FormatId{FileFormat::Safetensors, "safetensors"},
};

std::optional<FileFormat> formatFromId(const QString& id)
{
    const auto found =
        std::ranges::find_if(formatIds, [&](const FormatId& each) { return id == QLatin1String(each.id); });
    return found == formatIds.end() ? std::nullopt : std::optional(found->format);
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
