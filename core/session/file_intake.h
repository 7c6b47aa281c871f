#pragma once

#include "core/session/session_jobs.h"

namespace vitrine {

/// Reads files and tells what they are: ImageRead, VariantRead (and BuildPossible), or why not. Stops
/// between files. Any thread.
void takeIn(const AddJob& job, const JobContext& context);

/// Answers a DescribeJob. `backend` is only asked for when the file is an archive with code.
void describeFile(const QString& path, const std::function<Result<EngineBackend*>()>& backend,
                  const JobContext& context);

} // namespace vitrine
