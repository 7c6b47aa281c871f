#include "core/base/literals.h"
#include "core/base/tr.h"
#include "core/checkpoint/file_format.h"
#include "core/checkpoint/foreign_format.h"
#include "core/checkpoint/next_steps.h"
#include "core/checkpoint/tar_archive.h"

#include <QDir>
#include <QFileInfo>

#include <algorithm>

namespace vitrine {

namespace {

/// What a folder or an archive is by a file that it holds.
struct ForeignContents
{
    const char* member;
    const char* name;
    const char* nextStep;
};

constexpr ForeignContents foreignContents[]{
    {"saved_model.pb", QT_TRANSLATE_NOOP("vitrine", "a TensorFlow SavedModel"), wrongFramework},
    {"model.weights.h5", QT_TRANSLATE_NOOP("vitrine", "a Keras model (.keras)"), wrongFramework},
    {"Data/com.apple.CoreML/model.mlmodel", QT_TRANSLATE_NOOP("vitrine", "a CoreML package (.mlpackage)"),
     openSource},
    {"coremldata.bin", QT_TRANSLATE_NOOP("vitrine", "a compiled CoreML model (.mlmodelc)"), openSource},
    {"MAR-INF/MANIFEST.json", QT_TRANSLATE_NOOP("vitrine", "a TorchServe archive (.mar)"), unpack},
    {"MANIFEST.json", QT_TRANSLATE_NOOP("vitrine", "a TorchServe archive (.mar)"),
     unpack}, // if that comes first
    {"inference.pdmodel", QT_TRANSLATE_NOOP("vitrine", "a PaddlePaddle model"), wrongFramework},
    {"serialized_exported_program.json", QT_TRANSLATE_NOOP("vitrine", "a program of torch.export"),
     QT_TRANSLATE_NOOP("vitrine", "save the model with torch.jit.script or as a checkpoint")},
    {"archive_format", QT_TRANSLATE_NOOP("vitrine", "a program of torch.export"),
     QT_TRANSLATE_NOOP("vitrine", "save the model with torch.jit.script or as a checkpoint")},
    {"data.pkl", QT_TRANSLATE_NOOP("vitrine", "the unpacked content of a PyTorch file"),
     QT_TRANSLATE_NOOP("vitrine",
                       "get the file itself again, or pack the folder: zip -0 -r model.pt FOLDER")},
};

/// `holds` tells whether there is a file of that name.
template <typename Holds>
std::optional<QString> describeContents(const Holds& holds)
{
    const auto found = std::ranges::find_if(foreignContents, [&](const ForeignContents& contents) {
        return holds(QLatin1String(contents.member));
    });
    if (found == std::end(foreignContents))
        return std::nullopt;
    return tr("this is %1; %2").arg(tr(found->name), tr(found->nextStep));
}

} // namespace

QString describeForeignArchive(const ZipArchive& archive)
{
    std::vector<ArchiveMember> members;
    for (const ZipEntry& entry : archive.entries())
        if (!entry.name.isEmpty() && !entry.name.endsWith(QLatin1Char('/')))
            members.push_back({entry.name, entry.size});
    if (const auto known =
            describeContents([&](QLatin1String name) { return archive.find(name) != nullptr; }))
        return *known;
    if (archive.find(u"model.json"_s))
        return tr(
            "this TorchScript was saved by a preview release of PyTorch 1.0; save it again with a newer one");
    const auto isArray = [](const ArchiveMember& member) { return member.name.endsWith(u".npy"_s); };
    if (!members.empty() && std::ranges::all_of(members, isArray))
        return tr("this is an archive of NumPy arrays (.npz); %1").arg(tr(saveStateDict));
    return tr("this zip archive holds no PyTorch model%1; if it wraps one, unpack it first")
        .arg(whichHolds(members));
}

QString describeForeignFolder(const QString& path)
{
    const QDir folder(path);
    if (const auto known = describeContents([&](QLatin1String name) { return folder.exists(name); }))
        return *known;
    return tr("this folder holds no vitrine.json; open the model files in it one by one");
}

QString describePacked(Bytes bytes)
{
    if (looksLikeOrdinaryTar(bytes))
        return tr("this is a tar archive%1; unpack it first (tar -xf), and open the model that is in it")
            .arg(whichHolds(tarMembers(bytes)));
    if (!hasTextAt(bytes, 0, "\x1F\x8B"))
        return {};
    const QByteArray head = gunzippedHead(bytes);
    const Bytes content = std::as_bytes(std::span(head));
    if (looksLikeTar(content))
        return tr("this is a tar archive packed with gzip%1; unpack it first (tar -xzf), and open the model "
                  "that "
                  "is in it")
            .arg(whichHolds(tarMembers(content)));
    return tr("this is a file packed with gzip; unpack it first (gzip -d), and open what comes out");
}

} // namespace vitrine
