#pragma once

#include "core/base/result.h"

#include <QString>
#include <QUrl>

namespace vitrine {

/// Where the official checkpoints lie.
inline constexpr const char* officialBaseUrl = "https://dl.fbaipublicfiles.com/deit/";

/// What the environment names in VITRINE_CHECKPOINT_URL, else the official one.
QString defaultBaseUrl();

/// The folder of a server whose files are downloaded: http or https, with a host. Ends with a slash.
Result<QUrl> parseBaseUrl(const QString& text);

/// Where checkpoints are kept unless another folder is named: "models" in the application's data folder.
QString defaultModelsFolder();

} // namespace vitrine
