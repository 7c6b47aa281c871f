#include "core/base/literals.h"
#include "tests/support/files.h"
#include "tests/support/model_files.h"
#include "tests/ui/window_fixture.h"
#include "ui/charts/chart_export.h"
#include "ui/dialogs/variant_details_dialog.h"
#include "ui/models/variant_list_model.h"
#include "ui/shown_variants.h"
#include "ui/widgets/message_area.h"
#include "ui/widgets/variant_list.h"
#include "ui/workspace.h"

#include <QGraphicsSimpleTextItem>
#include <QGraphicsView>
#include <QLabel>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QTemporaryDir>
#include <QTest>
#include <QToolTip>

#include <algorithm>

using namespace vitrine;
using vitrine::test::WindowFixture;

/// Names from files are shown as they are, whatever they look like.
class TestPlainTexts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void labelsShowTagsInNames();
    void toolTipsShowTags();
    void controlCharactersAreShown();
    void messagesShowControlCharacters();
    void chartsShowControlCharacters();

private:
    /// A name that would move the cursor, break a line and turn the rest around.
    const QString m_name = u"a\x1b[2J\nb\x202e.pt"_s;
    const QString m_shown = u"a\\x1b[2J\\nb\\u202e.pt"_s;
};

void TestPlainTexts::labelsShowTagsInNames()
{
    WindowFixture fixture;
    QVERIFY(fixture.dropAndWait({fixture.variantSet(2), fixture.picture(u"<img src='x'>wolf.png"_s),
                                 fixture.path(u"<b>missing.pt"_s)}));
    int shown = 0;
    for (const QLabel* label : fixture.window.findChildren<QLabel*>()) {
        if (!label->text().contains(u'<'))
            continue;
        ++shown;
        QVERIFY2(label->textFormat() == Qt::PlainText, qPrintable(label->text()));
    }
    QVERIFY(shown > 0);
}

void TestPlainTexts::toolTipsShowTags()
{
    const WindowFixture fixture;
    QToolTip::showText(QPoint(10, 10), u"<b>wolf.png"_s, nullptr);
    const auto widgets = QApplication::allWidgets();
    const auto tip = std::ranges::find_if(widgets, [](QWidget* each) { return each->inherits("QTipLabel"); });
    QVERIFY(tip != widgets.end());
    QCOMPARE(qobject_cast<QLabel*>(*tip)->textFormat(), Qt::PlainText);
    QCOMPARE(qobject_cast<QLabel*>(*tip)->text(), u"<b>wolf.png"_s);
}

void TestPlainTexts::controlCharactersAreShown()
{
    WindowFixture fixture;
    const QString picture = u"p\x1b[1m.png"_s;
    QVERIFY(fixture.dropAndWait({test::writeScript(fixture.path(m_name)), fixture.picture(picture)}));
    const Workspace& workspace = fixture.window.workspace();
    const QModelIndex variant = workspace.variants()->variants()->index(0);
    QCOMPARE(variant.data().toString(), m_shown);
    const QString tip = variant.data(Qt::ToolTipRole).toString();
    QVERIFY2(tip.startsWith(m_shown), qPrintable(tip));
    const VariantDetailsDialog details(fixture.session, fixture.session.snapshot()->variants[0]);
    QVERIFY(fixture.waitUntilIdle());
    QCOMPARE(details.windowTitle(), u"Details of "_s + m_shown);
    for (const QWidget* widget : QApplication::allWidgets()) {
        QStringList texts{widget->windowTitle(), widget->toolTip()};
        if (const auto* label = qobject_cast<const QLabel*>(widget))
            texts << label->text();
        if (const auto* field = qobject_cast<const QPlainTextEdit*>(widget))
            texts << field->toPlainText();
        for (const QString& text : texts)
            QVERIFY2(!text.contains(QChar(0x1b)) && !text.contains(QChar(0x202e)), qPrintable(text));
    }
}

void TestPlainTexts::messagesShowControlCharacters()
{
    MessageArea messages;
    messages.add({ErrorKind::Malformed, m_name + u" <b>is broken"_s, u"by\x1b]0;a title\x07"_s});
    messages.add({ErrorKind::Malformed, m_name + u" <b>is broken"_s, u"again"_s});
    const auto* list = messages.findChild<QListWidget*>();
    QCOMPARE(list->count(), 1);
    QVERIFY2(list->item(0)->text().startsWith(m_shown), qPrintable(list->item(0)->text()));
    QVERIFY(list->item(0)->text().contains(u"<b>is broken (2 times)"_s));
    QVERIFY2(list->item(0)->toolTip().endsWith(u"by\\x1b]0;a title\\x07"_s),
             qPrintable(list->item(0)->toolTip()));
}

void TestPlainTexts::chartsShowControlCharacters()
{
    Comparison comparison;
    VariantResult result;
    result.variant.name = m_name;
    result.variant.bytes = 1000;
    result.enabled = true;
    comparison.variants.push_back(result);
    QCOMPARE(withShownNames(comparison).variants[0].variant.name, m_shown);
    const QTemporaryDir folder;
    const QString exported = folder.filePath(u"size.svg"_s);
    QVERIFY(exportChart(comparison, ChartKind::Size, exported));
    const QByteArray svg = test::readFile(exported);
    QVERIFY(svg.contains("\\x1b[2J") && !svg.contains('\x1b'));
    WindowFixture fixture;
    QVERIFY(fixture.dropAndWait({test::writeScript(fixture.path(m_name)), fixture.picture()}));
    int shown = 0;
    for (const auto* view : fixture.window.findChildren<QGraphicsView*>())
        for (const QGraphicsItem* item : view->scene()->items())
            if (const auto* text = qgraphicsitem_cast<const QGraphicsSimpleTextItem*>(item)) {
                QVERIFY2(!text->text().contains(QChar(0x1b)), qPrintable(text->text()));
                shown += text->text().contains(u"\\x1b"_s) ? 1 : 0;
            }
    QVERIFY(shown > 0);
}

QTEST_MAIN(TestPlainTexts)
#include "tst_plain_texts.moc"
