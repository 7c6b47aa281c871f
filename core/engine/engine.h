#pragma once

#include "core/base/result.h"
#include "core/base/tr.h"
#include "core/engine/engine_info.h"
#include "core/engine/operator_profile.h"
#include "core/image/preprocessing.h"
#include "core/model/deit.h"
#include "core/model/variant.h"

#include <QIODevice>
#include <QString>
#include <QStringList>

#include <chrono>
#include <memory>
#include <stop_token>
#include <vector>

namespace vitrine {

/// A model in memory, ready to run. Used on the thread that loaded it, and nowhere else.
class LoadedModel
{
public:
    virtual ~LoadedModel() = default;

    /// One forward pass: the scores of one image, one value a class. An input that the model does not
    /// accept, or an output that is not one row of numbers, is an error; the model stays usable. A model may
    /// write into its input: give it one of its own (see OwnInput).
    virtual Result<std::vector<float>> forward(const InputTensor& input) = 0;

    /// What the last forward() took beside the model's own work, by the steady clock: the way to another
    /// process and back. Who measures around a forward takes it off.
    virtual std::chrono::nanoseconds overhead() const { return {}; }
    /// Once that is requested, nobody waits for what this model is doing: an engine that can stops it, which
    /// is Cancelled.
    virtual void stopWith(const std::stop_token&) {}
    /// One forward pass, watched: which operators it spent its time in. Run some forwards before, so that
    /// nothing is measured that happens only at first. Errors as above; Unsupported where the engine
    /// cannot tell.
    virtual Result<OperatorProfile> profile(const InputTensor&)
    {
        return Error{ErrorKind::Unsupported, tr("This inference engine does not tell its operators."), {}};
    }

    /// What was done to run it that its user should know ("it holds half-precision weights: converted to
    /// float32"), a sentence each; complete after the first forward. Most have none.
    virtual QStringList notices() const { return {}; }
};

/// Makes the variants of one model, step by step; each step may take seconds. On the thread that made it.
/// Kinds may be asked for in any order; intermediate results are kept.
class VariantBuilder
{
public:
    virtual ~VariantBuilder() = default;

    /// Writes this kind and says how it was made, in one sentence. `target` is open; where it takes no more,
    /// that is notWritable().
    virtual Result<QString> write(VariantKind kind, QIODevice& target) = 0;
};

/// What an engine offers that can build variants. The engine's thread.
class VariantFactory
{
public:
    virtual ~VariantFactory() = default;

    /// Variants of a DeiT: all kinds that the engine builds. `quantizedEngine` as in Engine::load().
    virtual Result<std::unique_ptr<VariantBuilder>> fromDeit(DeitWeights weights,
                                                             const QString& quantizedEngine) = 0;
    /// Variants of any TorchScript image classifier: all of them but Original.
    virtual Result<std::unique_ptr<VariantBuilder>> fromScript(const QString& path,
                                                               const QString& quantizedEngine) = 0;
};

/// An inference library, behind plain data. All members but info(): the worker thread only.
class Engine
{
public:
    explicit Engine(EngineInfo info) : m_info(std::move(info)) {}
    virtual ~Engine() = default;
    Engine(const Engine&) = delete;
    Engine& operator=(const Engine&) = delete;

    const EngineInfo& info() const { return m_info; }

    virtual QString version() const = 0; ///< "1.13.1"
    virtual QString blas() const = 0;    ///< "OpenBLAS (OpenMP)"; "unknown" when it cannot be told.
    /// The int8 engines of this build, best one for this CPU first. May be empty.
    virtual QStringList quantizedEngines() const = 0;
    /// For everything that runs after; at least 1.
    virtual void setThreads(int threads) = 0;

    /// Once that is requested, nobody waits for the next load(), as of LoadedModel::stopWith().
    virtual void stopLoadingWith(const std::stop_token&) {}
    /// `quantizedEngine`: for a quantized variant, one of quantizedEngines(); empty: the first of them.
    virtual Result<std::unique_ptr<LoadedModel>> load(const Variant& variant,
                                                      const QString& quantizedEngine) = 0;

    /// What makes variants of the kinds in info().builds; lives as long as the engine. Null: it cannot.
    virtual VariantFactory* factory() { return nullptr; }

private:
    EngineInfo m_info;
};

} // namespace vitrine
