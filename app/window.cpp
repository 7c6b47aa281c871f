#include "app/window.h"

#include "core/base/literals.h"
#include "core/engine/engine_registry.h"
#include "ui/main_window.h"

#include <QApplication>
#include <QIcon>

namespace vitrine {

int runWindow(const QStringList& files, const std::optional<DemoRequest>& demo)
{
    QGuiApplication::setDesktopFileName(u"org.vitrine.Vitrine"_s);
    QGuiApplication::setApplicationDisplayName(u"Vitrine"_s);
    QApplication::setWindowIcon(QIcon(u":/icons/org.vitrine.Vitrine.svg"_s));

    ComparisonSession session(EngineRegistry::installed(), {QCoreApplication::applicationFilePath()});
    MainWindow window(session);
    window.show();
    if (!files.isEmpty())
        window.openFiles(files);
    if (demo)
        window.showDemo(*demo);
    return QApplication::exec();
}

} // namespace vitrine
