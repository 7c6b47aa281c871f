#include "core/base/literals.h"
#include "tests/ui/window_fixture.h"

#include <QLabel>
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

QTEST_MAIN(TestPlainTexts)
#include "tst_plain_texts.moc"
