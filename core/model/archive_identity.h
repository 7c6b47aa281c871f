#pragma once

#include "core/model/identify.h"
#include "core/model/mapped_file.h"

namespace vitrine {

/// Fills in what a zip archive is: its format and the marks of quantization and of the mobile optimizer.
/// Format Unknown when it is broken or not PyTorch's.
void identifyArchive(const std::shared_ptr<const MappedFile>& file, FileIdentity& identity);

} // namespace vitrine
