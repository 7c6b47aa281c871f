#pragma once

#include "core/session/model_store.h"
#include "core/session/session_jobs.h"

namespace vitrine {

/// Reads files and tells what they are: ImageRead, VariantRead (and BuildPossible), or why not. Stops
/// between files. Any thread.
void takeIn(const AddJob& job, const EngineRegistry& engines, const JobContext& context);

/// Answers a DescribeJob. `models` are only asked for an engine when the file is an archive with code.
void describeFile(const QString& path, ModelStore& models, const JobContext& context);

} // namespace vitrine
