#pragma once

#include "core/base/result.h"
#include "core/checkpoint/script_input.h"

#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

namespace vitrine {

/// What a script's forward takes and gives, its types as TorchScript spells them: "Tensor", "List[Tensor]".
struct ScriptSignature
{
    struct Argument
    {
        QString name;
        QString type;
        bool hasDefault = false;
    };
    std::vector<Argument> arguments; ///< Without self.
    QString result;                  ///< May be empty: not told.

    QString text() const; ///< "forward(x: Tensor) -> Tensor"
};

/// What a TorchScript or lite archive holds.
struct ScriptContents
{
    qint64 parameters = 0;     ///< Number of weights, packed and folded ones included.
    QStringList operators;     ///< Sorted, distinct: "aten::linear", "quantized::linear_dynamic"...
    QStringList fileOperators; ///< Those, of any method, that reach files, network or processes.
    std::optional<ScriptSignature> forward; ///< None: it is not told.
    ScriptInput input;                      ///< As it was traced, or as the weights tell it.
};

/// Reads what the archive at `path` holds without running anything: code as text, pickles by the restricted
/// reader. What would harm LibTorch is an error: code or values nested too deeply, tensors that reach beyond
/// their data, claims of sizes that no model has. Takes milliseconds; at most about a second. Any thread.
Result<ScriptContents> readScriptContents(const QString& path);

/// What a model file may do when it is run.
enum class FileOperators { Refused, Allowed }; // from less to more

/// Why forward cannot be called with one image tensor, or should not be called at all: the model may touch
/// files, even when it is loaded. None where it can. `fileName` is what messages call it.
std::optional<Error> whyNotImageModel(const ScriptContents& contents, const QString& fileName,
                                      FileOperators fileOperators = FileOperators::Refused);

/// Whether each entry of a script or lite archive has the checksum that was stored with it; all of it is
/// read.
Status checkSums(const QString& path);

/// Looks at a file before it is handed to an engine: a script or lite archive must be undamaged (checkSums(),
/// at less than the cost of a SHA-256) and an image model. Other files pass. Any thread.
Status checkBeforeRunning(const QString& path, FileOperators fileOperators = FileOperators::Refused);

} // namespace vitrine
