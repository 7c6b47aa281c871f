#include "core/base/literals.h"
#include "tests/ui/window_fixture.h"

#include "tests/support/files.h"
#include "tests/support/model_files.h"
#include "tests/support/test_data.h"
#include "ui/dialogs/build_dialog.h"
#include "ui/dialogs/build_form.h"
#include "ui/dialogs/model_input_dialog.h"
#include "ui/dialogs/variant_details_dialog.h"
#include "ui/widgets/message_area.h"
#include "ui/widgets/path_edit.h"

#include <QCheckBox>
#include <QComboBox>
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
    void labelsThatDoNotFitAreConfirmed();
    void labelsOfAnUnknownModelAreCheckedLater();
    void inputOffersTheWeightsOfACheckpoint();
    void inputOfAScriptHasNoWeights();
    void buildProposesAFolderBesideTheSource();
    void buildRefusesAFolderThatIsNoVariantSet();
    void buildLoadsTheSetInPlaceOfItsCheckpoint();
    void buildShowsWhatWentWrong();
    void buildShowsTheLabelsBesideTheSource();
    void buildAsksAboutLabelsThatDoNotFit();
    void labelsAreConfirmedForOneModelAlone();
    void epsilonIsASmallNumber_data();
    void epsilonIsASmallNumber();
    void buildAsksAgainWhereAScriptTellsItsClasses();
    void buildTakesWhatWasStatedOfTheVariant();
    void buildOffersTheWeightsOfTheSource();
    void detailsTellWhereAFileComesFrom();

private:
    static QString checkpoint() { return test::tinyCheckpoint(); }
    static QString labelsFile(const WindowFixture& fixture, const QByteArray& content = "cat\ncow\n")
    {
        return test::writeFile(fixture.path(u"names.txt"_s), content);
    }
    static QString placeholder(const QWidget& dialog)
    {
        return named<QLineEdit>(dialog, "Labels file")->placeholderText();
    }
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

void TestDialogs::labelsThatDoNotFitAreConfirmed()
{
    const WindowFixture fixture;
    Variant variant = someVariant();
    variant.classes = 3;
    ModelInputDialog dialog(variant);
    dialog.show();
    auto* anyway = dialog.findChild<QCheckBox*>();
    const QPushButton* ok = dialog.findChild<QDialogButtonBox*>()->button(QDialogButtonBox::Ok);
    QVERIFY(!anyway->isVisible());
    named<QLineEdit>(dialog, "Labels file")->setText(labelsFile(fixture));
    QCOMPARE(dialog.problem(), u"The model tells 3 classes apart, but there are 2 labels."_s);
    QVERIFY(anyway->isVisible() && !ok->isEnabled());
    anyway->click();
    QVERIFY(ok->isEnabled());
    QCOMPARE(dialog.labels(), (Labels{u"cat"_s, u"cow"_s}));
    QCOMPARE(dialog.misfit(), LabelMisfit::Taken);
    named<QLineEdit>(dialog, "Labels file")->setText(labelsFile(fixture) + u"x"_s);
    QVERIFY(!anyway->isChecked()); // another file is another question
}

void TestDialogs::labelsOfAnUnknownModelAreCheckedLater()
{
    WindowFixture fixture;
    QVERIFY(fixture.dropAndWait({test::writeScript(fixture.path(u"script.pt"_s))}));
    const VariantResult script = fixture.session.snapshot()->variants[0];
    ModelInputDialog dialog(script.variant);
    named<QLineEdit>(dialog, "Labels file")->setText(labelsFile(fixture));
    QCOMPARE(dialog.problem(), QString());
    QCOMPARE(dialog.misfit(), LabelMisfit::Refused);
    fixture.session.setVariantInput(script.id, dialog.preprocessing(), dialog.labels(), dialog.misfit());
    QVERIFY(fixture.dropAndWait({fixture.picture()}));
    const QStringList messages = fixture.window.messages().messages();
    QCOMPARE(messages.size(), 1);
    QVERIFY2(messages[0].contains(u"3 classes apart, but there are 2 labels"_s), qPrintable(messages[0]));
}

void TestDialogs::inputOffersTheWeightsOfACheckpoint()
{
    WindowFixture fixture;
    QVERIFY(fixture.dropAndWait({test::writeTwoDeits(fixture.path(u"two.pth"_s))}));
    const Variant variant = fixture.session.snapshot()->variants[0].variant;
    ModelInputDialog dialog(variant);
    QCOMPARE(dialog.options(), DeitOptions());
    auto* weights = named<QComboBox>(dialog, "Weights");
    QCOMPARE(weights->count(), 3);
    QCOMPARE(weights->itemText(0), u"the ones that were trained: model"_s);
    auto* heads = named<QSpinBox>(dialog, "Attention heads");
    QVERIFY(heads->specialValueText().endsWith(u": 1"_s));
    weights->setCurrentIndex(weights->findText(u"teacher"_s));
    heads->setValue(4);
    QCOMPARE(dialog.options(), (DeitOptions{.heads = 4, .weights = u"teacher"_s}));
    named<QLineEdit>(dialog, "Layer norm epsilon")->setText(u"small"_s);
    QVERIFY(dialog.problem().contains(u"Epsilon"_s));
}

void TestDialogs::inputOfAScriptHasNoWeights()
{
    const ModelInputDialog dialog(someVariant());
    QVERIFY(!named<QSpinBox>(dialog, "Attention heads"));
    QCOMPARE(dialog.options(), DeitOptions());
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

void TestDialogs::buildShowsTheLabelsBesideTheSource()
{
    WindowFixture fixture;
    const QString source = test::writeTinyDeit(fixture.path(u"tiny.pth"_s));
    BuildDialog* dialog = fixture.window.showBuildDialog(source);
    QVERIFY(fixture.waitUntilIdle());
    QCOMPARE(placeholder(*dialog), u"none: classes are shown by number"_s);
    test::writeFile(fixture.path(u"labels/labels.txt"_s), "cat\ncow\nhen\n");
    named<QLineEdit>(*dialog, "Checkpoint or TorchScript file")
        ->setText(test::writeTinyDeit(fixture.path(u"labels/tiny.pth"_s)));
    QVERIFY(fixture.waitUntilIdle());
    QCOMPARE(placeholder(*dialog), u"the 3 labels in labels.txt beside it"_s);
}

void TestDialogs::buildAsksAboutLabelsThatDoNotFit()
{
    WindowFixture fixture;
    BuildDialog* dialog = fixture.window.showBuildDialog(test::writeTinyDeit(fixture.path(u"tiny.pth"_s)));
    QVERIFY(fixture.waitUntilIdle());
    named<QLineEdit>(*dialog, "Labels file")->setText(labelsFile(fixture));
    QCOMPARE(dialog->message(), u"The model tells 3 classes apart, but there are 2 labels."_s);
    auto* anyway = dialog->findChild<QCheckBox*>();
    QVERIFY(anyway->isVisible());
    anyway->click();
    QCOMPARE(dialog->message(), QString());
    dialog->build();
    QVERIFY(fixture.waitUntilIdle());
    const auto set = readVariantSet(fixture.path(u"tiny-variants"_s));
    QVERIFY(set.ok());
    QCOMPARE(set->labels, (Labels{u"cat"_s, u"cow"_s}));
}

void TestDialogs::labelsAreConfirmedForOneModelAlone()
{
    WindowFixture fixture;
    BuildDialog* dialog = fixture.window.showBuildDialog(test::writeTwoDeits(fixture.path(u"two.pth"_s)));
    QVERIFY(fixture.waitUntilIdle());
    named<QLineEdit>(*dialog, "Labels file")->setText(labelsFile(fixture));
    auto* anyway = dialog->findChild<QCheckBox*>();
    anyway->click();
    QCOMPARE(dialog->message(), QString());

    auto* weights = named<QComboBox>(*dialog, "Weights");
    weights->setCurrentIndex(weights->findData(u"teacher"_s));
    QVERIFY(fixture.waitUntilIdle());

    QVERIFY(!anyway->isChecked());
    QCOMPARE(dialog->message(), u"The model tells 5 classes apart, but there are 2 labels."_s);
}

void TestDialogs::epsilonIsASmallNumber_data()
{
    QTest::addColumn<QString>("text");
    for (const char* text : {"nan", "inf", "0", "-1e-6", "2", "much"})
        QTest::newRow(text) << QString::fromLatin1(text);
}

void TestDialogs::epsilonIsASmallNumber()
{
    QFETCH(QString, text);
    WindowFixture fixture;
    BuildDialog* dialog = fixture.window.showBuildDialog(test::writeTinyDeit(fixture.path(u"tiny.pth"_s)));
    named<QLineEdit>(*dialog, "Layer norm epsilon")->setText(text);
    QVERIFY(fixture.waitUntilIdle());
    QVERIFY2(dialog->message().contains(u"Epsilon is a small number"_s), qPrintable(dialog->message()));
}

void TestDialogs::buildAsksAgainWhereAScriptTellsItsClasses()
{
    WindowFixture fixture;
    BuildDialog* dialog = fixture.window.showBuildDialog(test::writeScript(fixture.path(u"script.pt"_s)));
    QVERIFY(fixture.waitUntilIdle());
    named<QLineEdit>(*dialog, "Labels file")->setText(labelsFile(fixture));
    auto* anyway = dialog->findChild<QCheckBox*>();
    QVERIFY(!anyway->isVisible());
    dialog->build();
    QVERIFY(fixture.waitUntilIdle());
    QVERIFY2(dialog->message().contains(u"3 classes apart, but there are 2 labels"_s) &&
                 dialog->message().contains(u"Use these labels all the same"_s),
             qPrintable(dialog->message()));
    QVERIFY(anyway->isVisible());
    anyway->click();
    dialog->build();
    QVERIFY(fixture.waitUntilIdle());
    QCOMPARE(readVariantSet(fixture.path(u"script-variants"_s))->labels.size(), 2);
}

void TestDialogs::buildTakesWhatWasStatedOfTheVariant()
{
    WindowFixture fixture;
    const QString source = test::writeTwoDeits(fixture.path(u"two.pth"_s));
    const QString script =
        test::writeScript(fixture.path(u"saves.pt"_s), "x: Tensor", "torch.save(x, \"/tmp/x\")");
    QVERIFY(fixture.dropAndWait({source, script}));
    const auto variants = fixture.session.snapshot()->variants;
    fixture.session.setCheckpointOptions(variants[0].id, {.heads = 2, .weights = u"teacher"_s});
    fixture.session.setVariantFileOperators(variants[1].id, FileOperators::Allowed);
    QVERIFY(fixture.waitUntilIdle());
    BuildDialog* dialog = fixture.window.showBuildDialog(source);
    QCOMPARE(named<QComboBox>(*dialog, "Weights")->currentText(), u"teacher"_s);
    QCOMPARE(named<QSpinBox>(*dialog, "Attention heads")->value(), 2);
    dialog->build();
    QVERIFY(fixture.waitUntilIdle());
    const auto built = readVariantSet(fixture.path(u"two-variants"_s));
    QVERIFY(built.ok());
    QCOMPARE(built->architecture[u"heads"_s].toInt(), 2);
    QCOMPARE(built->architecture[u"classes"_s].toInt(), 5);

    dialog = fixture.window.showBuildDialog(script);
    QVERIFY(fixture.waitUntilIdle());
    QCOMPARE(named<QSpinBox>(*dialog, "Attention heads")->value(), 0);
    dialog->build();
    QVERIFY(fixture.waitUntilIdle());
    QVERIFY(readVariantSet(fixture.path(u"saves-variants"_s)).ok());
}

void TestDialogs::buildOffersTheWeightsOfTheSource()
{
    WindowFixture fixture;
    BuildDialog* dialog = fixture.window.showBuildDialog(test::writeTwoDeits(fixture.path(u"two.pth"_s)));
    auto* weights = named<QComboBox>(*dialog, "Weights");
    QVERIFY(fixture.waitUntilIdle());
    QCOMPARE(weights->count(), 3);
    QVERIFY(weights->isVisible());
    weights->setCurrentIndex(weights->findText(u"teacher"_s));
    QVERIFY(fixture.waitUntilIdle());
    QCOMPARE(weights->currentText(), u"teacher"_s);
    named<QLineEdit>(*dialog, "Labels file")->setText(labelsFile(fixture, "1\n2\n3\n4\n5\n"));
    QCOMPARE(dialog->message(), QString());
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
