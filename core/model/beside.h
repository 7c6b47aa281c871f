#pragma once

#include "core/model/deit.h"
#include "core/model/variant.h"

#include <QJsonObject>
#include <QMap>
#include <QString>
#include <QStringList>

#include <optional>

namespace vitrine {

/// What lies beside a model file: the settings of Hugging Face or timm.
struct ModelSurroundings
{
    QString path;             ///< The model's.
    QJsonObject config;       ///< config.json; empty: there is none, or it is of no model.
    QJsonObject preprocessor; ///< preprocessor_config.json; empty: there is none.
    QStringList notices;      ///< What lies there and cannot be used.

    bool isTimm() const; ///< config is timm's, else Hugging Face's.
    std::optional<qint64> heads() const;
    std::optional<double> layerNormEpsilon() const;
    std::optional<int> imageSize() const; ///< Pixels.
};

/// Reads them; a file that is broken is a notice, and no more. Any thread.
ModelSurroundings readSurroundings(const QString& modelPath);

/// The same for a vision transformer of this width: settings of another model are left out, with a notice.
ModelSurroundings readSurroundings(const QString& modelPath, int width);

/// The files beside a model, or in a model's folder, that are read with it: absolute paths.
QStringList filesBeside(const QString& model);

/// What is known of a model whose input and labels are asked for; 0: not known.
struct ModelShape
{
    int imageSize = 0; ///< Pixels.
    int channels = 0;
    int classes = 0;
    // What is taken where nothing is stated:
    int likelySize = 0;
    int likelyChannels = 0;
};

/// How a model is fed and what its classes are called.
struct ModelInput
{
    Preprocessing preprocessing;
    Labels labels;
    QMap<QString, QString> origins; ///< "preprocessing", "labels": the file beside that says so.
    QStringList notices;
};

/// The input and the labels that the files beside a model state, where they fit it: those of Hugging Face or
/// timm, then a file of labels (labels.txt, class_to_idx.json...), else ImageNet's input at the model's size,
/// gray where it has one channel, and no labels. What does not fit is a notice.
ModelInput inputBeside(const ModelSurroundings& surroundings, const ModelShape& shape);

/// The same of a checkpoint that was read.
ModelInput inputBeside(const DeitWeights& weights);

/// Steps of inputBeside(). None: nothing is stated, or it cannot be used, which is then in `notices`.
std::optional<Preprocessing> statedPreprocessing(const ModelSurroundings& surroundings,
                                                 const ModelShape& shape, ModelInput& into);
void addLabels(const ModelSurroundings& surroundings, int classes, ModelInput& into);

} // namespace vitrine
