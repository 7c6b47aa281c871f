#include "core/base/literals.h"
#include "tests/ui/window_fixture.h"

#include "tests/support/test_data.h"
#include "ui/dialogs/build_dialog.h"
#include "ui/dialogs/build_form.h"
#include "ui/dialogs/model_input_dialog.h"
#include "ui/dialogs/variant_details_dialog.h"
#include "ui/widgets/path_edit.h"

#include <QDialogButtonBox>
#include <QFile>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QSpinBox>
#include <QTest>

using namespace vitrine;
using vitrine::test::named;
using vitrine::test::WindowFixture;

namespace {

Variant someVariant()
{
    Variant variant;
    variant.name = u"scripted.pt"_s;
    variant.labels = {u"wolf"_s, u"dog"_s};
    return variant;
}

} // namespace

class TestDialogs : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void inputStartsWithWhatTheModelHas();
    void inputRefusesNonsenseInPlace();
    void inputReadsALabelsFile();
    void buildProposesAFolderBesideTheSource();
    void buildRefusesAFolderThatIsNoVariantSet();
    void buildLoadsTheSetInPlaceOfItsCheckpoint();
    void buildShowsWhatWentWrong();
    void detailsTellWhereAFileComesFrom();

private:
    static QString checkpoint() { return test::tinyCheckpoint(); }
};

void TestDialogs::inputStartsWithWhatTheModelHas()
{
    const ModelInputDialog dialog(someVariant());
    QCOMPARE(dialog.problem(), QString());
    QCOMPARE(dialog.preprocessing(), Preprocessing());
    QCOMPARE(dialog.labels(), someVariant().labels);
}

void TestDialogs::inputRefusesNonsenseInPlace()
{
    ModelInputDialog dialog(someVariant());
    const QPushButton* ok = dialog.findChild<QDialogButtonBox*>()->button(QDialogButtonBox::Ok);
    QVERIFY(ok->isEnabled());
    named<QSpinBox>(dialog, "Resized to")->setValue(100);
    QVERIFY(!dialog.problem().isEmpty());
    QVERIFY(!ok->isEnabled());
    named<QSpinBox>(dialog, "Resized to")->setValue(256);
    QCOMPARE(dialog.problem(), QString());
    QVERIFY(ok->isEnabled());
}

void TestDialogs::inputReadsALabelsFile()
{
    const WindowFixture fixture;
    QFile file(fixture.path(u"labels.txt"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("cat\ncow\n");
    file.close();
    ModelInputDialog dialog(someVariant());
    auto* labels = dialog.findChild<PathEdit*>();
    labels->setPath(file.fileName());
    QCOMPARE(dialog.labels(), (Labels{u"cat"_s, u"cow"_s}));
    labels->setPath(fixture.path(u"absent.txt"_s));
    QVERIFY(dialog.problem().contains(u"absent.txt"_s));
}

void TestDialogs::buildProposesAFolderBesideTheSource()
{
    BuildForm form({u"qnnpack"_s});
    QVERIFY(!form.request());
    form.setSource(checkpoint());
    const auto request = form.request();
    QVERIFY(request.ok());
    QCOMPARE(request->modelName, u"timm_plain"_s);
    QVERIFY(request->folder.endsWith(u"checkpoints/timm_plain-variants"_s));
    QCOMPARE(request->quantizedEngine, QString());
}

void TestDialogs::buildRefusesAFolderThatIsNoVariantSet()
{
    WindowFixture fixture;
    BuildDialog* dialog = fixture.window.showBuildDialog(checkpoint());
    named<QLineEdit>(*dialog, "Target folder")->setText(fixture.folder.path());
    QVERIFY2(dialog->message().contains(u"not a variant set"_s), qPrintable(dialog->message()));
    named<QLineEdit>(*dialog, "Target folder")->setText(fixture.variantSet());
    QVERIFY2(dialog->message().contains(u"replaced"_s), qPrintable(dialog->message()));
}

void TestDialogs::buildLoadsTheSetInPlaceOfItsCheckpoint()
{
    WindowFixture fixture;
    QVERIFY(fixture.dropAndWait({checkpoint(), fixture.picture()}));
    BuildDialog* dialog = fixture.window.showBuildDialog(checkpoint());
    named<QLineEdit>(*dialog, "Target folder")->setText(fixture.path(u"built"_s));
    dialog->build();
    QVERIFY(dialog->isBuilding());
    QVERIFY(fixture.waitUntilIdle());
    const Comparison comparison = *fixture.session.snapshot();
    QCOMPARE(comparison.variants.size(), std::size_t(5));
    for (const VariantResult& variant : comparison.variants)
        QVERIFY(variant.variant.path.startsWith(fixture.path(u"built"_s)));
    QCOMPARE(comparison.predictionCount(), qsizetype(5));
}

void TestDialogs::buildShowsWhatWentWrong()
{
    WindowFixture fixture;
    fixture.script->failingBuildStep = VariantKind::Quantized;
    BuildDialog* dialog = fixture.window.showBuildDialog(checkpoint());
    named<QLineEdit>(*dialog, "Target folder")->setText(fixture.path(u"built"_s));
    dialog->build();
    QVERIFY(fixture.waitUntilIdle());
    QVERIFY(!dialog->isBuilding());
    QVERIFY2(dialog->message().contains(u"quantized"_s), qPrintable(dialog->message()));
    QVERIFY(!QFile::exists(fixture.path(u"built"_s)));
}

void TestDialogs::detailsTellWhereAFileComesFrom()
{
    WindowFixture fixture;
    QVERIFY(fixture.dropAndWait({fixture.variantSet(1)}));
    const VariantResult variant = fixture.session.snapshot()->variants[0];
    const VariantDetailsDialog dialog(fixture.session, variant);
    QVERIFY(fixture.waitUntilIdle());
    for (const QString& text : {variant.variant.path, QString::fromLatin1(variant.variant.sha256.toHex()),
                                u"Made up for a test."_s, u"22,883,112 bytes"_s})
        QVERIFY2(dialog.text().contains(text), qPrintable(text));
}

QTEST_MAIN(TestDialogs)
#include "tst_dialogs.moc"
