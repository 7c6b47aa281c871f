#pragma once

#include "core/checkpoint/script_contents.h"
#include "core/image/preprocessing.h"
#include "core/model/deit_options.h"
#include "core/model/variant_kind.h"

#include <QByteArray>
#include <QDateTime>
#include <QMap>
#include <QString>
#include <QStringList>

namespace vitrine {

/// The names of a model's classes, by index. Empty: the classes are shown as "class 7".
using Labels = QStringList;
QString labelFor(const Labels& labels, int index);
/// A text file with one name a line, or JSON: an array of names, {"0": "name"} or {"0": ["id", "name"]}.
Result<Labels> readLabels(const QString& path);
/// The names of ImageNet-1k's classes, by index: 1000, all different. Read once; any thread.
const Labels& imageNetLabels();

/// One runnable form of a model: a file and what is needed to feed it. A value.
struct Variant
{
    VariantKind kind = VariantKind::Scripted;
    QString name;             ///< For display and export; the kind's name in a set, else the file's name.
    QString path;             ///< Absolute.
    qint64 bytes = 0;         ///< Size of the file.
    QDateTime changed;        ///< The file's last change, as of when it was read; may be invalid: not known.
    QString engine;           ///< Id of the engine that runs it (EngineInfo::id); empty: none was found yet.
    QByteArray sha256;        ///< Of the file's bytes, 32 bytes: the variant's identity in results.
    bool isQuantized = false; ///< Holds int8 weights, so that the quantized engine matters.
    QString quantizedEngine;  ///< The quantized engine it was made for; empty when unknown or fp32.
    QString madeBy;           ///< How it was made, one sentence; empty when unknown.
    QString modelName;        ///< "deit_tiny_patch16_224"; empty when unknown.
    Preprocessing preprocessing;
    int classes = 0; ///< Number of outputs; 0: not known before it has run.
    Labels labels;   ///< As the model or the user states them; in a Comparison also built-in ones.
    bool labelsAreBuiltIn = false; ///< Nobody stated labels: these are ImageNet's.
    bool labelsMustFit = false;    ///< The user stated them, and not that they hold whatever their number.
    DeitOptions deit;              ///< What the user states about a checkpoint.
    int heads = 0;                 ///< Of a checkpoint, stated or assumed; 0: not known.
    QStringList weights; ///< Of a checkpoint of several models: where they are, the one that is read first.
    FileOperators fileOperators = FileOperators::Refused; ///< What the user allows this file.
    QMap<QString, QString> origins; ///< "labels", "heads"...: the file beside the model that says so.
    /// For the user: what was assumed, or left out, when it was read. Do not name the file.
    QStringList notices;
};

/// Takes labels that a file beside the model states and that do not fit its number of outputs, with a notice.
/// Gives a variant without labels ImageNet's, if it has exactly 1000 outputs, and marks them as built in.
/// Labels that a model or a user stated always stay.
void fillLabels(Variant& variant);

/// The labels that a model or a user stated: none where they are built in.
Labels statedLabels(const Variant& variant);

} // namespace vitrine
