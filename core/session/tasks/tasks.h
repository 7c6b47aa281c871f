#pragma once

#include "core/build/build_request.h"
#include "core/measure/benchmark_plan.h"
#include "core/session/task.h"

#include <QStringList>

#include <vector>

namespace vitrine {

// The tasks of a session. Those that take its state are made when their turn has come: they run what is there
// then, and are null where that cannot be done, which is told.

enum class Intake { Anything, Images, Models, VariantSets };
/// Reads files and adds what they are, told apart by content; those that cannot be used are refused. Stops
/// between files. `options` are for checkpoints.
Task intakeTask(Intake what, const QStringList& paths, const DeitOptions& options = {});
/// Says what a file holds; the engine is only asked about archives with code.
Task describeTask(const QString& path);
/// Says how a model is fed, what its classes are called and what is noted of it.
Task inputTask(const QString& path, const DeitOptions& options);
/// Reads the checkpoint of this variant with other options, which are the variant's from then on.
/// `input` is set in the same step.
Task rereadTask(SessionState& state, const QString& variantId, const DeitOptions& options,
                const std::optional<StatedInput>& input);
/// Builds a variant set into request.folder or, where a cache folder is named, below that unless it is there.
Task buildTask(const BuildRequest& request, const QString& cacheFolder);

/// Finds out what variants say about images, where it is not known.
Task classifyTask(const SessionState& state);
/// Classifies what is missing, then measures the latency of the variants on the first image, then, if the
/// plan asks for them, phases and fresh processes. The benchmark's record begins at once.
Task benchmarkTask(SessionState& state, const BenchmarkPlan& plan);
/// The same of the baseline twice, and nothing after the rounds.
Task selfBenchmarkTask(SessionState& state, BenchmarkPlan plan);
/// The rounds alone, on this many threads, whatever the settings say; classifies nothing.
Task sweepPointTask(SessionState& state, BenchmarkPlan plan, int threads);
/// Tries the baseline on numbers of threads, and sets the session to the fastest (see fastestThreads()).
Task calibrateTask(SessionState& state, const std::vector<int>& threads);
/// One watched forward of every variant on the first image, after some that are not.
Task profileTask(SessionState& state);

} // namespace vitrine
