#pragma once

#include "core/base/result.h"
#include "core/checkpoint/identify.h"
#include "core/model/variant.h"

#include <QJsonObject>

#include <stop_token>
#include <vector>

namespace vitrine {

/// The variants of one model, in a folder with the manifest `vitrine.json`.
struct VariantSet
{
    static constexpr int schemaVersion = 1;

    QString folder; ///< Absolute.
    QString modelName;
    QJsonObject architecture; ///< {"type": "deit", ...DeitConfig} or {"type": "torchscript"}.
    Preprocessing preprocessing;
    Labels labels;
    QString quantizedEngine; ///< The engine the quantized variants were made for.
    std::vector<Variant> variants;

    QJsonObject toJson() const; ///< The manifest; file names are relative to the folder.
};

/// Whether `folder` is a folder with a vitrine.json. Does not read it.
bool holdsVariantSet(const QString& folder);

/// `path`: the folder or its vitrine.json. Checks schema, that no file lies outside the folder, and sizes;
/// labels and preprocessing are copied into each Variant. Any thread.
Result<VariantSet> readVariantSet(const QString& path);

/// The same, without looking at the files that this vitrine.json lists.
Result<VariantSet> readManifest(const QString& path);

/// Writes vitrine.json into set.folder.
Status writeManifest(const VariantSet& set);

/// SHA-256 of a file's bytes, read in pieces.
Result<QByteArray> fileSha256(const QString& path, const std::stop_token& stop = {});

/// Whether a file of a set is no longer what was written into it, from its SHA-256; the file is read.
Status checkContent(const Variant& variant, const std::stop_token& stop = {});

/// Whether the file is what was read: by its size and time, and where these differ by its SHA-256.
Status checkUnchanged(const Variant& variant, const std::stop_token& stop = {});

/// SHA-256 of a model that may be in several files: of their hashes.
Result<QByteArray> modelSha256(const FileIdentity& identity, const std::stop_token& stop = {});

/// A single model file as a Variant: identified by content; preprocessing, labels and engine from a
/// vitrine.json beside it that lists it, else from what else lies beside it (see inputBeside()). Its engine
/// stays empty unless that states it. Malformed, where it is not the file that was listed. Any thread.
Result<Variant> readVariant(const QString& path, const DeitOptions& options = {});
/// The same, of a file that was identified already; reads all of it, or until it is stopped.
Result<Variant> readVariant(const FileIdentity& identity, const DeitOptions& options = {},
                            const std::stop_token& stop = {});

/// Of a model, what it is fed with, its labels and what is noted of it; nothing of the file itself.
Result<Variant> readInput(const FileIdentity& identity, const DeitOptions& options);

/// What a vitrine.json beside the file says about it; none when there is none or it does not list the file.
Result<std::optional<Variant>> variantListedBeside(const QString& path);

} // namespace vitrine
