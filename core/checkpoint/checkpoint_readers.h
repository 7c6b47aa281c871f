#pragma once

#include "core/checkpoint/checkpoint.h"
#include "core/checkpoint/mapped_file.h"
#include "core/checkpoint/zip_archive.h"

namespace vitrine {

// One reader a format. They fill in everything but path; errors do not name the file.

Result<Checkpoint> readSafetensors(const std::shared_ptr<const MappedFile>& file, const QString& weights);
/// Of the files that an index lists, as if they were one.
Result<Checkpoint> readShards(const QStringList& shards, const QString& weights);
Result<Checkpoint> readZipCheckpoint(const std::shared_ptr<const MappedFile>& file, ChecksumCheck check,
                                     const QString& weights);
Result<Checkpoint> readLegacyCheckpoint(const std::shared_ptr<const MappedFile>& file,
                                        const QString& weights);

/// Fills in what a zip archive is: its format, its versions, and the marks of quantization and of the mobile
/// optimizer. Format Unknown when it is broken or not PyTorch's.
void identifyArchive(const std::shared_ptr<const MappedFile>& file, FileIdentity& identity);

/// Number of elements of a shape; none when it is negative or does not fit.
std::optional<qint64> elementCount(const std::vector<qint64>& shape);
/// Row-major.
std::vector<qint64> contiguousStrides(const std::vector<qint64>& shape);
/// Bytes of one element; 0 for Other.
int elementSize(TensorType type);

} // namespace vitrine
