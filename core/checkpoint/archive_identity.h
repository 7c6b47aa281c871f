#pragma once

#include "core/checkpoint/identify.h"
#include "core/checkpoint/mapped_file.h"

namespace vitrine {

/// Fills in what a zip archive is: its format and the marks of quantization and of the mobile optimizer.
/// Format Unknown when it is broken or not PyTorch's.
void identifyArchive(const std::shared_ptr<const MappedFile>& file, FileIdentity& identity);

} // namespace vitrine
