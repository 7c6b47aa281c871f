#include "app/window.h"

#include "core/engine/engine_plugin.h"
#include "ui/main_window.h"

#include <QApplication>
#include <QIcon>

namespace vitrine {

int runWindow(const QStringList& files, const std::optional<DemoRequest>& demo)
{
    QGuiApplication::setDesktopFileName(QStringLiteral("org.vitrine.Vitrine"));
    QGuiApplication::setApplicationDisplayName(QStringLiteral("Vitrine"));
    QApplication::setWindowIcon(QIcon(QStringLiteral(":/icons/org.vitrine.Vitrine.svg")));

    ComparisonSession session(loadTorchBackend, {QCoreApplication::applicationFilePath()});
    MainWindow window(session);
    window.show();
    if (!files.isEmpty())
        window.openFiles(files);
    if (demo)
        window.showDemo(*demo);
    return QApplication::exec();
}

} // namespace vitrine
