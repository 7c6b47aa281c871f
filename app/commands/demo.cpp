#include "app/commands/build.h"
#include "app/commands/command.h"
#include "app/commands/compare.h"
#include "app/commands/console.h"
#include "app/commands/display.h"
#include "app/window.h"
#include "core/report/export.h"

#include <QDir>
#include <QStandardPaths>

namespace vitrine::cli {

namespace {

Error cannotWrite(const QString& path)
{
    return {ErrorKind::Unreadable, Cli::tr("%1 cannot be written.").arg(path), {}};
}

struct DemoOptions
{
    QString checkpoint;
    QStringList images; ///< Empty: the built-in picture.
};

QDir cacheFolder()
{
    return {QStandardPaths::writableLocation(QStandardPaths::CacheLocation) + QStringLiteral("/demo")};
}

/// The set of this checkpoint, built unless an earlier demo has done so; the exit status if that fails.
std::variant<QString, int> variantSetOf(const QString& checkpoint)
{
    const auto sha256 = fileSha256(checkpoint);
    if (!sha256)
        return printFailure(sha256.failure());
    const QString folder = cacheFolder().filePath(QString::fromLatin1(sha256->toHex()));
    if (readVariantSet(folder).ok())
        return folder;
    if (!QDir().mkpath(cacheFolder().path()))
        return printFailure(cannotWrite(cacheFolder().path()));
    printErr(Cli::tr("Building the variants of %1 in %2 ...").arg(checkpoint, folder));
    BuildRequest request;
    request.source = checkpoint;
    request.folder = folder;
    request.modelName = QFileInfo(checkpoint).completeBaseName();
    if (const int status = buildSet(request); status != exitDone)
        return status;
    return folder;
}

/// The built-in picture, as a file.
Result<QString> builtInPicture()
{
    const QString path = cacheFolder().filePath(QStringLiteral("daisy.png"));
    QFile picture(QStringLiteral(":/demo/daisy.png"));
    if (!QDir().mkpath(cacheFolder().path()) || !picture.open(QIODevice::ReadOnly))
        return cannotWrite(path);
    if (const auto written = writeFileAtomically(path, picture.readAll()); !written)
        return written.failure();
    return path;
}

int compareInTerminal(const QString& set, const QStringList& images)
{
    CompareOptions options;
    options.models.set = set;
    options.images = images;
    options.plan = benchmarkPreset(QStringLiteral("quick"))->plan;
    return compare(options);
}

int explainWithoutDisplay()
{
    printOut(Cli::tr("There is no display to open the window on, and no model to compare in the terminal.\n"
                     "Name a DeiT checkpoint (.pth or .safetensors), and the comparison is shown here:\n\n"
                     "    vitrine demo --checkpoint FILE"));
    return exitDone;
}

int demo(const DemoOptions& options)
{
    if (options.checkpoint.isEmpty())
        return hasDisplay() ? runWindow(options.images) : explainWithoutDisplay();
    const auto set = variantSetOf(options.checkpoint);
    if (const int* status = std::get_if<int>(&set))
        return *status;
    QStringList images = options.images;
    if (images.isEmpty()) {
        const auto picture = builtInPicture();
        if (!picture)
            return printFailure(picture.failure());
        images << *picture;
    }
    const QString& folder = std::get<QString>(set);
    return hasDisplay() ? runWindow(QStringList{folder} + images) : compareInTerminal(folder, images);
}

} // namespace

Prepared prepareDemo(const QStringList& arguments)
{
    CommandLine line(QStringLiteral("demo"), Cli::tr("[--checkpoint FILE] [--image FILE...]"),
                     Cli::tr("Shows Vitrine on an example: in the window, or as a table where there is no "
                             "display."));
    line.addValue(QStringLiteral("checkpoint"), QStringLiteral("FILE"),
                  Cli::tr("A DeiT checkpoint; its variants are built once and kept in the cache folder."));
    line.addValue(QStringLiteral("image"), QStringLiteral("FILE"),
                  Cli::tr("An image to classify instead of the built-in one. May be repeated."));
    if (const auto status = line.parse(arguments))
        return *status;
    line.rejectPositionals();
    if (const auto status = line.wrongUsage())
        return *status;
    const DemoOptions options{line.value(QStringLiteral("checkpoint")), line.values(QStringLiteral("image"))};
    return Task{[options] { return demo(options); }, hasDisplay()};
}

} // namespace vitrine::cli
