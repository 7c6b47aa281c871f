#include "core/base/file_error.h"
#include "core/base/literals.h"
#include "core/base/tr.h"
#include "core/checkpoint/identify.h"
#include "core/checkpoint/script_contents.h"
#include "core/checkpoint/zip_archive.h"

#include <QFileInfo>

#include <algorithm>
#include <array>
#include <iterator>

namespace vitrine {

namespace {

constexpr qint64 largestUnpackedScript = qint64(256) << 20; ///< All compressed entries together.

/// What a type is called in a sentence.
QString typeInWords(const QString& type)
{
    const QString outer = type.section(u'[', 0, 0);
    if (type == u"List[Tensor]"_s)
        return tr("a list of tensors");
    if (outer == u"List"_s)
        return tr("a list");
    if (outer == u"Dict"_s)
        return tr("a dictionary");
    if (outer == u"Tuple"_s)
        return tr("a tuple");
    if (type == u"str"_s)
        return tr("a text");
    if (type == u"int"_s || type == u"float"_s || type == u"bool"_s || type == u"number"_s)
        return tr("a number");
    return tr("a value of type %1").arg(type);
}

bool takesTensor(const QString& type)
{
    const bool isChoice = type.startsWith(u"Optional["_s) || type.startsWith(u"Union["_s);
    const QStringList choices =
        isChoice ? type.section(u'[', 1).chopped(1).split(u", "_s) : QStringList{type};
    return type.isEmpty() || choices.contains(u"Tensor"_s) || choices.contains(u"Any"_s);
}

/// What forward takes that is not one tensor; none where it is.
std::optional<QString> wrongInput(const ScriptSignature& forward)
{
    if (forward.arguments.empty())
        return tr("no input at all");
    const auto needed = std::ranges::count(forward.arguments, false, &ScriptSignature::Argument::hasDefault);
    if (needed > 1)
        return tr("%1 inputs").arg(needed);
    const QString& first = forward.arguments.front().type;
    return takesTensor(first) ? std::nullopt : std::optional(typeInWords(first));
}

/// What else keeps the model from running: operators of Python packages. A clause, or empty.
QString foreignOperators(const QStringList& operators)
{
    static constexpr std::array packages{"torchvision::", "torchaudio::", "torchtext::", "detectron2::"};
    QStringList foreign;
    std::ranges::copy_if(operators, std::back_inserter(foreign), [](const QString& name) {
        return std::ranges::any_of(
            packages, [&](const char* package) { return name.startsWith(QLatin1String(package)); });
    });
    return foreign.isEmpty() ? QString()
                             : tr(", without %1, which LibTorch lacks").arg(foreign.join(u", "_s));
}

} // namespace

std::optional<Error> whyNotImageModel(const ScriptContents& contents, const QString& fileName,
                                      FileOperators fileOperators)
{
    if (const auto input = contents.forward ? wrongInput(*contents.forward) : std::nullopt)
        return Error{
            ErrorKind::Unsupported,
            tr("%1 wants %2 instead of one image tensor (%3); export it so that forward takes one "
               "image tensor of shape [1, channels, height, width]%4.")
                .arg(fileName, *input, contents.forward->text(), foreignOperators(contents.operators))};
    if (!contents.fileOperators.isEmpty() && fileOperators == FileOperators::Refused)
        return Error{
            ErrorKind::NotAllowed,
            tr("%1 may read or write files or use the network (its code calls %2), so it is not run. "
               "If you know who made it, allow that (Allow files and network in its menu, or "
               "--allow-file-operators).")
                .arg(fileName, contents.fileOperators.join(u", "_s))};
    return std::nullopt;
}

Status checkSums(const QString& path)
{
    Result<ZipArchive> archive = ZipArchive::open(path);
    if (!archive)
        return archive.failure();
    qint64 left = largestUnpackedScript;
    for (const ZipEntry& entry : archive->entries()) {
        const auto content = archive->content(entry, left, ChecksumCheck::Verify);
        if (!content)
            return inFile(path, content.failure());
        left -= entry.stored ? 0 : entry.size;
    }
    return Done{};
}

Status checkBeforeRunning(const QString& path, FileOperators fileOperators)
{
    const auto identity = identify(path);
    const bool isScript = identity && (identity->format == FileFormat::TorchScript ||
                                       identity->format == FileFormat::LiteArchive);
    if (!isScript)
        return Done{};
    if (Status sums = checkSums(path); !sums)
        return sums;
    const auto contents = readScriptContents(path);
    if (!contents)
        return contents.failure();
    if (const auto reason = whyNotImageModel(*contents, QFileInfo(path).fileName(), fileOperators))
        return *reason;
    return Done{};
}

} // namespace vitrine
