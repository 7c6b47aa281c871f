#include "tests/support/model_files.h"
#include "tests/ui/window_fixture.h"
#include "ui/dialogs/model_input_dialog.h"
#include "ui/dialogs/variant_details_dialog.h"
#include "ui/models/variant_list_model.h"
#include "ui/widgets/variant_list.h"
#include "ui/workspace.h"

#include <QComboBox>
#include <QMenu>
#include <QMessageBox>
#include <QPushButton>
#include <QSpinBox>
#include <QTest>

using namespace vitrine;
using vitrine::test::named;
using vitrine::test::WindowFixture;

/// What is chosen for one variant from its menu in the window.
class TestVariantChoices : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void weightsAndHeadsAreChosenInItsInputSettings();
    void itsDetailsTellWhatWasChosen();
    void itsEarlierWeightsAreChosenAgain();
    void filesAreAllowedAfterAWarning();
    void cancelAllowsNothing();
    void onlyAFileThatWantsThemIsAsked();

private:
    QModelIndex variant(int row = 0) const { return list()->variants()->index(row); }
    VariantList* list() const { return m_fixture->window.workspace().variants(); }
    QString summary() const { return variant().data(VariantListModel::StateRole).toString(); }
    /// Of its menu, without what marks its key.
    std::unique_ptr<QMenu> menu() const { return list()->menuFor(variant()); }
    static QAction* action(const QMenu& menu, const QString& name)
    {
        for (QAction* each : menu.actions())
            if (each->text().remove(u'&') == name)
                return each;
        return nullptr;
    }
    void choose(const QString& name) const { action(*menu(), name)->trigger(); }
    template <typename Dialog>
    Dialog* opened() const
    {
        return m_fixture->window.findChild<Dialog*>();
    }
    bool addScript() const
    {
        return m_fixture->dropAndWait(
            {m_fixture->picture(),
             test::writeScript(m_fixture->path(u"saves.pt"_s), "x: Tensor", "torch.save(x, \"/tmp/x\")")});
    }
    bool stateOptions(const QString& weights, int heads) const;

    const QString inputSettings = u"Input settings…"_s;
    const QString allowFiles = u"Allow files and network…"_s;
    std::unique_ptr<WindowFixture> m_fixture;
};

void TestVariantChoices::init()
{
    m_fixture = std::make_unique<WindowFixture>();
}

bool TestVariantChoices::stateOptions(const QString& weights, int heads) const
{
    choose(inputSettings);
    auto* dialog = opened<ModelInputDialog>();
    auto* box = named<QComboBox>(*dialog, "Weights");
    box->setCurrentIndex(weights.isEmpty() ? 0 : box->findText(weights));
    named<QSpinBox>(*dialog, "Attention heads")->setValue(heads);
    dialog->accept();
    delete dialog;
    return m_fixture->waitUntilIdle();
}

void TestVariantChoices::weightsAndHeadsAreChosenInItsInputSettings()
{
    QVERIFY(
        m_fixture->dropAndWait({m_fixture->picture(), test::writeTwoDeits(m_fixture->path(u"two.pth"_s))}));
    QCOMPARE(m_fixture->script->loads, 1);
    const QString tip = variant().data(Qt::ToolTipRole).toString();
    QVERIFY2(tip.contains(u"Another can be chosen (Input settings in its menu"_s), qPrintable(tip));

    QVERIFY(stateOptions(u"teacher"_s, 4));

    const Variant now = m_fixture->session.snapshot()->variants[0].variant;
    QCOMPARE(now.deit, (DeitOptions{.heads = 4, .weights = u"teacher"_s}));
    QCOMPARE(now.heads, 4);
    QCOMPARE(m_fixture->script->loads, 2); // and it has run at once
    QCOMPARE(m_fixture->session.snapshot()->predictionCount(), 1);
    QVERIFY2(summary().endsWith(u"ready · teacher · 4 heads"_s), qPrintable(summary()));
}

void TestVariantChoices::itsDetailsTellWhatWasChosen()
{
    QVERIFY(m_fixture->dropAndWait({test::writeTwoDeits(m_fixture->path(u"two.pth"_s))}));
    QVERIFY(stateOptions(u"teacher"_s, 4));
    m_fixture->session.setVariantFileOperators(m_fixture->session.snapshot()->variants[0].id,
                                               FileOperators::Allowed);
    const VariantDetailsDialog details(m_fixture->session, m_fixture->session.snapshot()->variants[0]);
    for (const QString& line : {u"Weights: teacher"_s, u"Attention heads: 4"_s,
                                u"Stated: heads=4,weights=teacher"_s, u"Allowed: files and network"_s})
        QVERIFY2(details.text().contains(line), qPrintable(details.text()));
    QVERIFY(m_fixture->waitUntilIdle());
}

void TestVariantChoices::itsEarlierWeightsAreChosenAgain()
{
    QVERIFY(
        m_fixture->dropAndWait({m_fixture->picture(), test::writeTwoDeits(m_fixture->path(u"two.pth"_s))}));
    const QString before = summary();
    QVERIFY(stateOptions(u"teacher"_s, 0));
    QVERIFY(stateOptions({}, 0));
    QCOMPARE(m_fixture->session.snapshot()->variants[0].variant.deit, DeitOptions());
    QCOMPARE(m_fixture->session.snapshot()->predictionCount(), 1);
    QCOMPARE(summary(), before);
}

void TestVariantChoices::filesAreAllowedAfterAWarning()
{
    QVERIFY(addScript());
    QVERIFY(variant().data(VariantListModel::ErrorRole).toString().contains(u"Allow files and network"_s));
    QCOMPARE(m_fixture->script->loads, 0);

    choose(allowFiles);
    auto* box = opened<QMessageBox>();
    QVERIFY(box && box->text().startsWith(u"Run saves.pt, though"_s));
    QCOMPARE(box->textFormat(), Qt::PlainText);
    QCOMPARE(box->defaultButton(), box->button(QMessageBox::Cancel));
    for (QAbstractButton* button : box->buttons())
        if (box->buttonRole(button) == QMessageBox::AcceptRole)
            button->click();
    QVERIFY(m_fixture->waitUntilIdle());

    QCOMPARE(m_fixture->session.snapshot()->predictionCount(), 1);
    QVERIFY2(summary().contains(u"files allowed"_s), qPrintable(summary()));
    QVERIFY(action(*menu(), allowFiles)->isChecked());
    choose(allowFiles); // takes it back
    QCOMPARE(m_fixture->session.snapshot()->variants[0].variant.fileOperators, FileOperators::Refused);
}

void TestVariantChoices::cancelAllowsNothing()
{
    QVERIFY(addScript());
    choose(allowFiles);
    opened<QMessageBox>()->button(QMessageBox::Cancel)->click();
    QVERIFY(m_fixture->waitUntilIdle());
    QCOMPARE(m_fixture->session.snapshot()->variants[0].variant.fileOperators, FileOperators::Refused);
    QCOMPARE(m_fixture->script->loads, 0);
}

void TestVariantChoices::onlyAFileThatWantsThemIsAsked()
{
    QVERIFY(m_fixture->dropAndWait({m_fixture->picture(), m_fixture->variantSet(1)}));
    QVERIFY(!action(*menu(), allowFiles)->isEnabled());
}

QTEST_MAIN(TestVariantChoices)
#include "tst_variant_choices.moc"
