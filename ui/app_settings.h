#pragma once

#include "core/measure/benchmark_plan.h"

#include <QByteArray>
#include <QSettings>
#include <QStringList>
#include <QTemporaryDir>

#include <memory>

namespace vitrine {

/// Something that is remembered between runs: its key and its default.
template <typename T>
struct Setting
{
    const char* key;
    T fallback;
};

/// Every setting there is.
namespace setting {
inline const Setting<QByteArray> windowGeometry{"window/geometry", {}};
inline const Setting<QByteArray> workspaceSplit{"window/workspace", {}};
inline const Setting<QByteArray> middleSplit{"window/middle", {}};
inline const Setting<int> resultsTab{"window/resultsTab", 0};
inline const Setting<QString> preset{"run/preset", defaultPresetName};
inline const Setting<QVariantMap> ownPlan{"run/ownPlan", {}}; ///< Empty: none was ever made.
inline const Setting<int> threads{"run/threads", 0};          ///< 0: what the baseline is fastest on.
inline const Setting<QString> quantizedEngine{"run/quantizedEngine", {}};      ///< Empty: the best one.
inline const Setting<int> pictureCacheMegabytes{"images/cacheMegabytes", 256}; ///< Of 10^6 bytes.
inline const Setting<QStringList> recentFiles{"files/recent", {}};             ///< Newest first.
inline const Setting<QString> imageFolder{"files/imageFolder", {}};
inline const Setting<QString> modelFolder{"files/modelFolder", {}};
inline const Setting<QString> exportFolder{"files/exportFolder", {}};
inline const Setting<QString> fetchFolder{"fetch/folder", {}};   ///< Empty: defaultModelsFolder().
inline const Setting<QString> fetchBaseUrl{"fetch/baseUrl", {}}; ///< Empty: defaultBaseUrl().
} // namespace setting

/// The remembered settings. GUI thread.
class AppSettings
{
public:
    static std::unique_ptr<AppSettings> ofUser();
    /// Starts with the defaults and leaves nothing behind.
    static std::unique_ptr<AppSettings> temporary();

    template <typename T>
    T value(const Setting<T>& setting) const
    {
        const QVariant stored = m_store->value(QLatin1String(setting.key));
        return stored.canConvert<T>() ? stored.value<T>() : setting.fallback;
    }

    template <typename T>
    void set(const Setting<T>& setting, const T& value)
    {
        m_store->setValue(QLatin1String(setting.key), QVariant::fromValue(value));
    }

    static constexpr int recentFilesKept = 10;
    void addRecentFile(const QString& path);

private:
    explicit AppSettings(std::unique_ptr<QSettings> store);

    std::unique_ptr<QTemporaryDir> m_folder; ///< Of temporary().
    std::unique_ptr<QSettings> m_store;
};

} // namespace vitrine
