#include "core/host/remembered_files.h"

#include <QJsonArray>

#include <algorithm>

namespace vitrine {

namespace {

// {"built": [sha256...], "fatal": {sha256: {"libtorch 1.13.1": {"kind", "message", "detail"}}}}
constexpr auto builtKey = "built"_L1;
constexpr auto fatalKey = "fatal"_L1;

QString hexOf(const QByteArray& sha256)
{
    return QString::fromLatin1(sha256.toHex());
}

QString engineKey(const QString& engine, const QString& version)
{
    return engine + u' ' + version;
}

} // namespace

bool RememberedFiles::areBuiltHere(const std::vector<QByteArray>& sha256s) const
{
    const QJsonArray built = m_store.read()[builtKey].toArray();
    return std::ranges::all_of(sha256s,
                               [&](const QByteArray& sha256) { return built.contains(hexOf(sha256)); });
}

void RememberedFiles::rememberBuilt(const std::vector<QByteArray>& sha256s) const
{
    (void)m_store.change([&](QJsonObject& all) {
        QJsonArray built = all[builtKey].toArray();
        for (const QByteArray& sha256 : sha256s)
            if (!built.contains(hexOf(sha256)))
                built.append(hexOf(sha256));
        all.insert(builtKey, built);
    });
}

std::optional<Error> RememberedFiles::fatality(const QByteArray& sha256, const QString& engine,
                                               const QString& version) const
{
    const QJsonObject known =
        m_store.read()[fatalKey].toObject()[hexOf(sha256)].toObject()[engineKey(engine, version)].toObject();
    if (known.isEmpty())
        return std::nullopt;
    return Error{ErrorKind::Engine, known[u"message"_s].toString(), known[u"detail"_s].toString()};
}

void RememberedFiles::rememberFatality(const QByteArray& sha256, const QString& engine,
                                       const QString& version, const Error& error) const
{
    (void)m_store.change([&](QJsonObject& all) {
        QJsonObject fatal = all[fatalKey].toObject();
        QJsonObject ofFile = fatal[hexOf(sha256)].toObject();
        ofFile.insert(engineKey(engine, version),
                      QJsonObject{{u"message"_s, error.message}, {u"detail"_s, error.detail}});
        fatal.insert(hexOf(sha256), ofFile);
        all.insert(fatalKey, fatal);
    });
}

void RememberedFiles::forgetFatalities(const QByteArray& sha256) const
{
    (void)m_store.change([&](QJsonObject& all) {
        QJsonObject fatal = all[fatalKey].toObject();
        fatal.remove(hexOf(sha256));
        all.insert(fatalKey, fatal);
    });
}

} // namespace vitrine
