#include "core/build/variant_set_builder.h"

#include "core/base/tr.h"
#include "core/base/version.h"
#include "core/model/beside.h"

#include <QCryptographicHash>
#include <QDateTime>
#include <QDir>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>

namespace vitrine {

namespace {

constexpr int daysKept = 30;
constexpr int nameLength = 32;

/// A folder's name that differs whenever the variants could.
QString keyOf(const BuildRequest& request, const FileIdentity& source, const QByteArray& sourceSha256,
              const Engine& engine)
{
    const ModelSurroundings beside = readSurroundings(source.path);
    const QJsonArray facts{
        version(),
        engine.info().id,
        engine.version(),
        engine.quantizedEngines().join(u','),
        QString::fromLatin1(sourceSha256.toHex()),
        request.quantizedEngine,
        request.modelName,
        QJsonArray::fromStringList(request.labels),
        request.preprocessing ? request.preprocessing->toText() : QString(),
        request.deit.toText(),
        beside.config,
        beside.preprocessor,
        QJsonArray::fromStringList(inputBeside(beside, {}).labels),
    };
    const QByteArray text = QJsonDocument(facts).toJson(QJsonDocument::Compact);
    return QString::fromLatin1(QCryptographicHash::hash(text, QCryptographicHash::Sha256).toHex())
        .left(nameLength);
}

/// The set in this folder, if every file of it is as it was written.
Result<VariantSet> wholeSet(const QString& folder, const JobControl& control)
{
    auto set = readVariantSet(folder);
    if (!set)
        return set;
    qint64 done = 0;
    for (const Variant& variant : set->variants) {
        if (control.stopRequested())
            return Cancelled{};
        control.report({tr("Checking %1").arg(variant.name), done++, qint64(set->variants.size())});
        if (const Status whole = checkContent(variant, control.stop); !whole)
            return whole.failure();
    }
    return set;
}

void remove(const QFileInfo& entry)
{
    if (entry.isDir() && !entry.isSymLink())
        QDir(entry.absoluteFilePath()).removeRecursively();
    else
        QFile::remove(entry.absoluteFilePath());
}

/// What earlier versions have left, or a build that was killed.
void removeOld(const QString& cacheFolder, const QString& folder)
{
    const auto all = QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot;
    const QDateTime oldest = QDateTime::currentDateTimeUtc().addDays(-daysKept);
    for (const QFileInfo& entry : QDir(cacheFolder).entryInfoList(all))
        if (entry.lastModified() < oldest && entry != QFileInfo(folder))
            remove(entry);
}

} // namespace

Result<VariantSet> cachedVariantSet(const BuildRequest& request, const QString& cacheFolder, Engine& engine,
                                    const JobControl& control)
{
    control.report({tr("Reading %1").arg(QFileInfo(request.source).fileName()), 0, 0});
    const auto source = identify(request.source);
    if (!source)
        return source.failure();
    const auto sha256 = modelSha256(*source, control.stop);
    if (!sha256)
        return sha256.failure();
    if (!QDir().mkpath(cacheFolder))
        return Error{ErrorKind::Unreadable,
                     tr("The cache folder %1 cannot be made. Name one that you may write to in "
                        "XDG_CACHE_HOME.")
                         .arg(cacheFolder)};
    BuildRequest cached = request;
    cached.folder = QDir(cacheFolder).filePath(keyOf(request, *source, *sha256, engine));
    const bool existed = QFileInfo::exists(cached.folder); // or another Vitrine may have just built it
    auto kept = wholeSet(cached.folder, control);
    if (kept || kept.isCancelled())
        return kept;
    if (existed)
        remove(QFileInfo(cached.folder));
    auto built = buildVariantSet(cached, engine, control);
    if (built)
        removeOld(cacheFolder, cached.folder);
    return built;
}

} // namespace vitrine
