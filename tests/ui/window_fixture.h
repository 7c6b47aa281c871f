#pragma once

#include "core/base/literals.h"
#include "core/session/comparison_session.h"
#include "tests/support/fake_engine.h"
#include "tests/support/variant_set_files.h"
#include "tests/support/warnings.h"
#include "ui/main_window.h"

#include <QApplication>
#include <QDir>
#include <QDragEnterEvent>
#include <QDropEvent>
#include <QMimeData>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QUrl>

namespace vitrine::test {

/// The widget below `parent` with this accessible name; null: there is none.
template <typename Widget>
Widget* named(const QWidget& parent, const char* accessibleName)
{
    for (Widget* widget : parent.findChildren<Widget*>())
        if (widget->accessibleName() == QLatin1String(accessibleName))
            return widget;
    return nullptr;
}

/// Until it has nothing left to do; false when that takes absurdly long.
inline bool waitUntilIdle(const ComparisonSession& session)
{
    while (session.isBusy()) {
        QSignalSpy busy(&session, &ComparisonSession::busyChanged);
        if (!busy.wait(120'000))
            return false;
    }
    return true;
}

/// The real window over a session with fake engines, and a folder for files.
class WindowFixture
{
public:
    explicit WindowFixture(const FakeScripts& scripts = {std::make_shared<FakeScript>()})
        : script(scripts.front()), session(fakeEngines(scripts)), window(session, settings())
    {
        window.show();
    }

    /// One thread, so that nothing is calibrated first.
    static std::unique_ptr<AppSettings> settings()
    {
        auto settings = AppSettings::temporary();
        settings->set(setting::threads, 1);
        return settings;
    }

    QString path(const QString& name) const { return folder.filePath(name); }

    QString picture(const QString& name = u"wolf.png"_s) const
    {
        return writePicture(path(name), 320, 240) ? path(name) : QString();
    }

    /// A variant set of the first `count` kinds under their usual names.
    QString variantSet(int count = 5) const
    {
        QStringList names;
        for (int i = 0; i < count; ++i)
            names << kindName(allKinds()[i]);
        return writeVariantSet(path(u"set"_s), names) ? path(u"set"_s) : QString();
    }

    static std::unique_ptr<QMimeData> urls(const QStringList& paths)
    {
        QList<QUrl> list;
        for (const QString& file : paths)
            list << QUrl::fromLocalFile(file);
        auto data = std::make_unique<QMimeData>();
        data->setUrls(list);
        return data;
    }

    bool dragOver(const QMimeData& data)
    {
        QDragEnterEvent enter(QPoint(50, 50), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(&window, &enter);
        return enter.isAccepted();
    }

    void drop(const QStringList& paths)
    {
        const auto data = urls(paths);
        dragOver(*data);
        QDropEvent event(QPointF(50, 50), Qt::CopyAction, data.get(), Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(&window, &event);
    }

    bool waitUntilIdle() const { return test::waitUntilIdle(session); }

    bool dropAndWait(const QStringList& paths)
    {
        drop(paths);
        return waitUntilIdle();
    }

    QTemporaryDir folder;
    std::shared_ptr<FakeScript> script; ///< Of the first engine.
    ComparisonSession session;
    MainWindow window;
};

} // namespace vitrine::test
