#pragma once

#include "core/base/result.h"
#include "core/engine/operator_profile.h"
#include "core/image/preprocessing.h"
#include "core/model/deit.h"
#include "core/model/variant.h"

#include <QString>
#include <QStringList>

#include <functional>
#include <memory>
#include <vector>

namespace vitrine {

/// A model in memory, ready to run. Used on the thread that loaded it, and nowhere else.
class LoadedModel
{
public:
    virtual ~LoadedModel() = default;

    /// One forward pass: the logits of one image, one value a class. An input that the model does not
    /// accept, or an output that is not one row of numbers, is an error; the model stays usable.
    virtual Result<std::vector<float>> forward(const InputTensor& input) = 0;

    /// One forward pass, watched: which operators it spent its time in. Run some forwards before, so that
    /// nothing is measured that happens only at first. Errors as above; Unsupported where the engine
    /// cannot tell.
    virtual Result<OperatorProfile> profile(const InputTensor& input);
};

struct LoadOptions
{
    QString quantizedEngine; ///< Empty: the first of EngineBackend::quantizedEngines().
    DeitOptions deit;        ///< For a checkpoint that is loaded as the original.
};

/// What an archive holds, beyond what identify() tells.
struct ModelDescription
{
    qint64 parameters = 0;  ///< Number of weights, packed and folded ones included.
    QStringList operators;  ///< Sorted, distinct: "aten::linear", "quantized::linear_dynamic"...
    QString inputSignature; ///< "forward(Tensor x) -> Tensor"
};

/// Makes the variants of one model, step by step; each step may take seconds. Same thread rule as
/// LoadedModel. Kinds may be asked for in any order; intermediate results are kept.
class VariantBuilder
{
public:
    virtual ~VariantBuilder() = default;

    /// Writes this kind to `path` and says how it was made, in one sentence.
    virtual Result<QString> write(VariantKind kind, const QString& path) = 0;
};

/// An inference library, behind plain data. All members: the worker thread only.
class EngineBackend
{
public:
    virtual ~EngineBackend() = default;

    virtual QString name() const = 0;    ///< "LibTorch"
    virtual QString version() const = 0; ///< "1.13.1"
    virtual QString blas() const = 0;    ///< "OpenBLAS (OpenMP)"; "unknown" when it cannot be told.
    /// The int8 engines of this build, best one for this CPU first. May be empty.
    virtual QStringList quantizedEngines() const = 0;
    /// For everything that runs after; at least 1.
    virtual void setThreads(int threads) = 0;

    virtual Result<std::unique_ptr<LoadedModel>> load(const Variant& variant, const LoadOptions& options) = 0;
    virtual Result<ModelDescription> describe(const QString& path) = 0;

    /// Variants of a DeiT: all five kinds. `quantizedEngine` as in LoadOptions.
    virtual Result<std::unique_ptr<VariantBuilder>> buildFromDeit(DeitWeights weights,
                                                                  const QString& quantizedEngine) = 0;
    /// Variants of any TorchScript image classifier: all but Original.
    virtual Result<std::unique_ptr<VariantBuilder>> buildFromScript(const QString& path,
                                                                    const QString& quantizedEngine) = 0;
};

/// Makes the backend when it is first needed (loading LibTorch takes a second); called on the worker.
using BackendFactory = std::function<Result<std::unique_ptr<EngineBackend>>()>;

} // namespace vitrine
