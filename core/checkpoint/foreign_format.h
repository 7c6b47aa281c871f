#pragma once

#include "core/checkpoint/zip_archive.h"

#include <QString>

#include <optional>

namespace vitrine {

// What is no model that Vitrine opens, by its content, and the next step: "this is an ONNX model; open ...".
// Only a bounded piece of a file is looked at.

/// None when it is nothing that is known.
std::optional<QString> describeForeignFile(Bytes bytes);
/// A tar archive, or what gzip packed; empty for anything else.
QString describePacked(Bytes bytes);
/// A zip archive without a PyTorch model.
QString describeForeignArchive(const ZipArchive& archive);
/// A folder that is no variant set.
QString describeForeignFolder(const QString& path);

} // namespace vitrine
