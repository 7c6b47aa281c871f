#pragma once

#include "core/base/result.h"

#include <QJsonObject>
#include <QString>
#include <QStringList>

#include <vector>

namespace vitrine {

/// A checkpoint that can be downloaded: a file, or several that lie in a folder of their own. A value.
struct CatalogueEntry
{
    QString name;  ///< For options and folders: "deit-tiny-distilled".
    QString title; ///< For the window: "DeiT-Tiny, distilled".
    QString file;  ///< The file's name on the server and on disk; no path.
    /// What the SHA-256 of the file begins with: 8 to 64 lower-case hex digits. Empty: as the server states
    /// it.
    QString sha256;
    qint64 parameters = 0; ///< 0: unknown.
    double top1 = 0;       ///< Accuracy on ImageNet's validation set in percent; 0: unknown.
    double top5 = 0;       ///< The same.
    QString address;       ///< The server's folder, if it is not the usual one; ends with a slash.
    QString folder;        ///< Where its files lie, in the folder of downloads and of a mirror; empty: there.
    QStringList beside;    ///< What else lies in `folder`, of the hash that the server states: "config.json".

    /// Four bytes a parameter; the file has a little more. 0: unknown.
    qint64 approximateBytes() const { return 4 * parameters; }
    QJsonObject toJson() const; ///< As readCatalogue() takes it.
};

using Catalogue = std::vector<CatalogueEntry>;

/// The eight official DeiT checkpoints, and Google's ViT-B/16 as Hugging Face has it. Accuracies are those
/// that the DeiT paper's authors state.
const Catalogue& officialCheckpoints();

/// A JSON file with further checkpoints: an array of objects with "name", "file" and "sha256" (or "server":
/// the server states it), and where they are wanted "title", "parameters", "top1", "top5", "address",
/// "folder" and "beside". A file's name with a folder in it is refused.
Result<Catalogue> readCatalogue(const QString& path);

/// The official checkpoints and, unless `path` is empty, those of that file, which win where names are equal.
Result<Catalogue> catalogueWith(const QString& path);
/// The file that the environment names in VITRINE_CATALOGUE; empty: none.
QString catalogueOfEnvironment();

/// Its files, each an entry of its own, in the order in which they are fetched: the small ones first.
Catalogue filesOf(const CatalogueEntry& entry);

/// Null when there is none of this name.
const CatalogueEntry* entryNamed(const Catalogue& catalogue, const QString& name);
QStringList namesOf(const Catalogue& catalogue);
/// The name that takes the fewest changed letters; empty when every one takes more than half of them.
QString nearestName(const Catalogue& catalogue, const QString& name);

} // namespace vitrine
