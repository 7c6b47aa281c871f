#pragma once

#include "core/checkpoint/identify.h"
#include "core/model/variant_kind.h"

#include <QJsonObject>
#include <QString>

#include <optional>
#include <vector>

namespace vitrine {

/// What an engine says of itself before it is loaded.
struct EngineInfo
{
    QString id;   ///< In files and options: "libtorch".
    QString name; ///< In the window and in tables: "LibTorch".
    std::vector<FileFormat> opens;
    std::vector<VariantKind> builds; ///< Empty: it builds none (Engine::factory() is null).

    bool opensFormat(FileFormat format) const;
    bool buildsKind(VariantKind kind) const;
};

/// Reads {id, name, opens: ["torchscript", "lite", "zip-checkpoint", "legacy-checkpoint", "safetensors"],
/// builds?: kinds' names}, as it stands in a plugin's metadata. Formats and kinds that this Vitrine does not
/// know are passed over. None: there is no id or no name.
std::optional<EngineInfo> engineInfoFromJson(const QJsonObject& json);

} // namespace vitrine
