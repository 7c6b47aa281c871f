#include "ui/app_settings.h"

#include "core/base/literals.h"

namespace vitrine {

AppSettings::AppSettings(std::unique_ptr<QSettings> store) : m_store(std::move(store)) {}

std::unique_ptr<AppSettings> AppSettings::ofUser()
{
    const auto name = u"Vitrine"_s;
    return std::unique_ptr<AppSettings>(new AppSettings(std::make_unique<QSettings>(name, name)));
}

std::unique_ptr<AppSettings> AppSettings::temporary()
{
    auto folder = std::make_unique<QTemporaryDir>();
    auto store = std::make_unique<QSettings>(folder->filePath(u"settings.ini"_s), QSettings::IniFormat);
    std::unique_ptr<AppSettings> settings(new AppSettings(std::move(store)));
    settings->m_folder = std::move(folder);
    return settings;
}

void AppSettings::addRecentFile(const QString& path)
{
    QStringList recent = value(setting::recentFiles);
    recent.removeAll(path);
    recent.prepend(path);
    set(setting::recentFiles, QStringList(recent.mid(0, recentFilesKept)));
}

} // namespace vitrine
