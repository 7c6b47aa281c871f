#pragma once

#include "core/base/result.h"

#include <QString>
#include <QStringList>

#include <optional>

namespace vitrine {

/// What marks a folder as a variant set.
inline constexpr const char* manifestName = "vitrine.json";

enum class FileFormat {
    TorchScript,      ///< zip with data.pkl, code/ and constants.pkl
    LiteArchive,      ///< zip that also (or only) holds bytecode.pkl
    ZipCheckpoint,    ///< zip with data.pkl alone: torch.save since 1.6
    LegacyCheckpoint, ///< pickle stream: torch.save before 1.6
    Safetensors,
    VariantSet, ///< a folder with vitrine.json, or that file itself
    GitLfsPointer,
    Image,
    Unknown,
}; // formatName() has their names in this order.
QString formatName(FileFormat format);

/// What a file is, from its content alone.
struct FileIdentity
{
    QString path;           ///< Absolute; of a model in a folder or in shards: see modelFileAt().
    QString folder = {};    ///< The folder that was named, where the model was found in it.
    QStringList parts = {}; ///< The shards of a model in several files; empty: it is one.
    FileFormat format = FileFormat::Unknown;
    bool isQuantized = false;       ///< quantized:: operators or packed parameters anywhere.
    bool isMobileOptimized = false; ///< the mobile optimizer's mark or its operators.
    bool hasForward = true;         ///< false: an archive whose top class has no forward method.
    qint64 bytes = 0;               ///< Of all its files.
    int archiveVersion = 0;         ///< Of TorchScript's archive; 0: not told.
    int liteVersion = 0;            ///< Of a lite archive's bytecode; 0: not told.

    bool isCheckpoint() const; ///< Named tensors, without code.
};

/// Also of a folder: a variant set, or a model as Hugging Face keeps it, with its weights in one file or in
/// several, which an index lists. Looks at content, never at the ending, and never runs it. A missing or
/// unreadable file is an error; an unknown one is a FileIdentity of format Unknown. Any thread.
Result<FileIdentity> identify(const QString& path);

/// Why a file of this identity is no model that can be loaded, for the user; none when it is. A checkpoint is
/// not read: readCheckpoint() says whether it is whole.
std::optional<Error> whyNotModel(const FileIdentity& identity);

/// The same, and a checkpoint is read, too. Who goes on to read it asks whyNotModel().
std::optional<Error> whyNotLoadable(const FileIdentity& identity);

} // namespace vitrine
