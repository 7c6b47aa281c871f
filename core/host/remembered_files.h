#pragma once

#include "core/base/data_file.h"
#include "core/base/json_store.h"
#include "core/base/literals.h"
#include "core/base/result.h"

#include <QByteArray>
#include <QString>

#include <optional>
#include <vector>

namespace vitrine {

/// What became of model files, remembered between runs by the SHA-256 of their bytes: which ones Vitrine
/// built itself, and which ones ended an engine's process. A store that cannot be read or written is as good
/// as an empty one.
class RememberedFiles
{
public:
    /// files.json in Vitrine's folder below the user's cache folder (XDG_CACHE_HOME).
    explicit RememberedFiles(QString path = cachePath(u"files.json"_s)) : m_store(std::move(path)) {}

    bool isBuiltHere(const QByteArray& sha256) const { return areBuiltHere({sha256}); }
    bool areBuiltHere(const std::vector<QByteArray>& sha256s) const; ///< All of them; reads the store once.
    void rememberBuilt(const std::vector<QByteArray>& sha256s) const;

    /// What came of running it with this engine; none: nothing bad.
    std::optional<Error> fatality(const QByteArray& sha256, const QString& engine,
                                  const QString& version) const;
    void rememberFatality(const QByteArray& sha256, const QString& engine, const QString& version,
                          const Error& error) const;
    /// So that it is tried again.
    void forgetFatalities(const QByteArray& sha256) const;

private:
    JsonStore m_store;
};

} // namespace vitrine
