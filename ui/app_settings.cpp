#include "ui/app_settings.h"

#include "core/base/literals.h"

#include <QTemporaryDir>

namespace vitrine {

class AppSettings::TemporaryFile
{
public:
    QString path() const { return m_folder.filePath(u"settings.ini"_s); }

private:
    QTemporaryDir m_folder;
};

AppSettings::AppSettings(std::unique_ptr<QSettings> store) : m_store(std::move(store)) {}

AppSettings::~AppSettings() = default;

std::unique_ptr<AppSettings> AppSettings::ofUser()
{
    const auto name = u"Vitrine"_s;
    return std::unique_ptr<AppSettings>(new AppSettings(std::make_unique<QSettings>(name, name)));
}

std::unique_ptr<AppSettings> AppSettings::temporary()
{
    auto file = std::make_unique<TemporaryFile>();
    auto store = std::make_unique<QSettings>(file->path(), QSettings::IniFormat);
    std::unique_ptr<AppSettings> settings(new AppSettings(std::move(store)));
    settings->m_file = std::move(file);
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
