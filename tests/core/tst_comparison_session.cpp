#include "core/base/literals.h"
#include "core/session/comparison_session.h"

#include "tests/support/model_files.h"
#include "tests/support/session_probe.h"

#include <QDir>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

using namespace vitrine;
using enum VariantKind;

namespace {

QStringList namesOf(const Comparison& comparison)
{
    QStringList names;
    for (const VariantResult& variant : comparison.variants)
        names << variant.variant.name;
    return names;
}

const auto original = u"original"_s;
const auto scripted = u"scripted"_s;
const auto quantized = u"quantized"_s;
const auto lite = u"lite"_s;

} // namespace

/// What a session knows, and what it must not compute again.
class TestComparisonSession : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_probe = std::make_unique<test::SessionProbe>(); }
    void cleanup();

    void tellsFilesApartByContent();
    void offersToBuild();
    void rejectsWhatItCannotUse_data();
    void rejectsWhatItCannotUse();
    void oneBadFileDoesNotStopTheOthers();
    void aFolderAddsItsImages();
    void aFolderOfHuggingFaceIsAModel();
    void statedHeadsReachTheEngine();
    void labelsChangeAndResultsStay();
    void aFileMayBeAddedTwice();
    void aSetKeepsOrderAndNames();
    void theFirstImageBecomesCurrent();
    void anotherImageBecomesCurrentOnRemoval();
    void idsAreNeverReused();
    void nothingIsComputedUntilAsked();
    void classifiesEveryPair();
    void aLostPictureLeavesVariantsReady();
    void togglingRecomputesNothing();
    void disabledVariantsAreNotRun();
    void earlierSettingsAreRemembered();
    void threadsAreSetOnTheEngine();
    void quantizedEngineIsTheBestUnlessStated();
    void anUnknownEngineIsAnErrorOfItsVariants();
    void anInputThatChangesDropsResults();
    void aWrongInputIsRefused();
    void aVariantThatDoesNotLoadFailsAlone();
    void whatIsNoImageModelFailsAlone();
    void aFileThatChangesAfterItWasOpenedFailsAlone_data();
    void aFileThatChangesAfterItWasOpenedFailsAlone();
    void operatorsOnFilesAreAllowedBySetting();
    void aVariantThatDoesNotRunFailsAlone();
    void aFailedVariantIsTriedAgain();
    void aMissingEngineIsOneError();
    void measuresEveryVariant();
    void latencyOfEarlierSettingsIsRemembered();
    void aBenchmarkReplacesTheLastOne();
    void aBenchmarkNeedsSomethingToMeasure();
    void aBenchmarkSaysHowItWasDone();
    void verdictsTakeTenRounds();
    void anotherBaselineTurnsRatiosRound();
    void aVariantIsMeasuredAgainstItself();
    void quantizedVariantsRunUnderSeveralEngines();
    void whatIsTimedIsRun_data();
    void whatIsTimedIsRun();
    void describesFiles();
    void modelsStayOnTheWorker();

private:
    ComparisonSession& session() { return *m_probe->session; }
    test::FakeScript& script() { return *m_probe->script; }
    QString path(const QString& name) const { return m_probe->path(name); }
    bool classify();
    bool benchmark(int rounds = 3);

    std::unique_ptr<test::SessionProbe> m_probe;
};

void TestComparisonSession::cleanup()
{
    const std::shared_ptr<test::FakeScript> script = m_probe->script;
    m_probe.reset();
    QCOMPARE(script->models, 0);
    QVERIFY(!script->threadRuleBroken);
}

bool TestComparisonSession::classify()
{
    session().classify();
    return m_probe->finish();
}

bool TestComparisonSession::benchmark(int rounds)
{
    session().benchmark(test::quickPlan(rounds));
    return m_probe->finish();
}

void TestComparisonSession::tellsFilesApartByContent()
{
    session().addFiles({test::writeImage(path(u"image.pt"_s)), test::writeScript(path(u"script.png"_s)),
                        test::writeTinyDeit(path(u"checkpoint"_s)),
                        test::writeVariantSet(path(u"set"_s), {Scripted, Lite})});
    QVERIFY(m_probe->finish());
    const Comparison now = *session().snapshot();
    QCOMPARE(now.images.size(), std::size_t{1});
    QCOMPARE(now.variants.size(), std::size_t{4});
    QCOMPARE(now.images.front().path, path(u"image.pt"_s));
    QCOMPARE(now.images.front().source->size, QSize(48, 40));
    QCOMPARE((*session().picture(*now.images.front().source))->rgb.size(), QSize(48, 40));
    QCOMPARE(now.variants[0].variant.kind, Scripted);
    QCOMPARE(now.variants[0].variant.path, path(u"script.png"_s));
    QCOMPARE(now.variants[1].variant.kind, Original);
    QCOMPARE(now.variants[3].variant.kind, Lite);
}

void TestComparisonSession::offersToBuild()
{
    const QSignalSpy offers(&session(), &ComparisonSession::buildOffered);
    const QString deit = test::writeTinyDeit(path(u"tiny.pth"_s));
    const QString script = test::writeScript(path(u"script.pt"_s));
    session().addModels({deit, script, test::writeLiteArchive(path(u"lite.pt"_s))});
    QVERIFY(m_probe->finish());
    QCOMPARE(session().snapshot()->variants.size(), std::size_t{3});
    QCOMPARE(offers.size(), 2);
    QCOMPARE(offers[0][0].toString(), deit);
    QCOMPARE(offers[1][0].toString(), script);
}

void TestComparisonSession::rejectsWhatItCannotUse_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<bool>("isImage");
    QTest::newRow("a text") << u"text.txt"_s << false;
    QTest::newRow("a missing model") << u"missing.pt"_s << false;
    QTest::newRow("a missing image") << u"missing.png"_s << true;
    QTest::newRow("a broken image") << u"text.jpg"_s << true;
    QTest::newRow("a folder of nothing") << u"nothing"_s << true;
    QTest::newRow("a broken set") << u"broken"_s << false;
}

void TestComparisonSession::rejectsWhatItCannotUse()
{
    QFETCH(QString, name);
    for (const auto& text : {u"text.txt"_s, u"text.jpg"_s}) {
        QFile file(path(text));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write("just some words") > 0);
    }
    QVERIFY(QDir().mkdir(path(u"nothing"_s)));
    test::writeVariantSet(path(u"broken"_s), {Lite});
    QVERIFY(QFile::remove(path(u"broken/lite.pt"_s)));

    QSignalSpy refused(&session(), &ComparisonSession::fileRefused);
    session().addFiles({path(name)});
    QVERIFY(m_probe->finish());
    QFETCH(bool, isImage);
    QCOMPARE(refused.size(), 1);
    QCOMPARE(refused[0][0].toString(), path(name));
    const QString message = refused[0][1].value<Error>().message;
    static const QRegularExpression asOfModels(u"^[\\w.]+: ."_s); // the file's name leads
    QCOMPARE(asOfModels.match(message).hasMatch(), !isImage);
}

void TestComparisonSession::oneBadFileDoesNotStopTheOthers()
{
    const QSignalSpy rejected(&session(), &ComparisonSession::fileRefused);
    session().addImages({path(u"missing"_s), test::writeImage(path(u"good"_s))});
    QVERIFY(m_probe->finish());
    QCOMPARE(rejected.size(), 1);
    QCOMPARE(session().snapshot()->images.size(), std::size_t{1});
}

void TestComparisonSession::aFolderAddsItsImages()
{
    QVERIFY(QDir().mkpath(path(u"album/sub"_s)));
    test::writeImage(path(u"album/b"_s));
    test::writeImage(path(u"album/a"_s));
    test::writeImage(path(u"album/sub/c"_s));
    test::writeTinyDeit(path(u"album/model"_s));
    session().addFiles({path(u"album"_s)});
    QVERIFY(m_probe->finish());
    const Comparison now = *session().snapshot();
    QCOMPARE(now.images.size(), std::size_t{2});
    QCOMPARE(now.images[0].path, path(u"album/a"_s));
    QVERIFY(now.variants.empty());
}

void TestComparisonSession::aFolderOfHuggingFaceIsAModel()
{
    QVERIFY(QDir().mkdir(path(u"vit"_s)));
    test::writeTinyDeit(path(u"vit/model.safetensors"_s));
    test::writeImage(path(u"vit/sample.png"_s));
    session().addFiles({path(u"vit"_s)});
    QVERIFY(m_probe->finish());
    const Comparison now = *session().snapshot();
    QCOMPARE(now.variants.size(), std::size_t{1});
    QCOMPARE(now.variants[0].variant.name, u"vit"_s);
    QVERIFY(now.images.empty());
}

void TestComparisonSession::statedHeadsReachTheEngine()
{
    DeitOptions asked;
    script().onLoad = [&](const Variant& variant, const QString&) { asked = variant.deit; };
    session().addModels({test::writeTinyDeit(path(u"tiny.pth"_s))}, {.heads = 4});
    session().addImages({test::writeImage(path(u"image"_s))});
    session().classify();
    QVERIFY(m_probe->finish());
    QCOMPARE(asked.heads, 4);
    QVERIFY(session().snapshot()->variants[0].variant.notices.isEmpty());
}

void TestComparisonSession::labelsChangeAndResultsStay()
{
    session().addModels({test::writeTinyDeit(path(u"tiny.pth"_s))});
    session().addImages({test::writeImage(path(u"image"_s))});
    session().classify();
    QVERIFY(m_probe->finish());
    const int loads = script().loads;
    session().setVariantLabels(session().snapshot()->variants[0].id, {u"a"_s, u"b"_s, u"c"_s});
    const Comparison now = *session().snapshot();
    QCOMPARE(now.variants[0].variant.labels.size(), 3);
    QCOMPARE(now.variants[0].predictions.size(), 1);
    QCOMPARE(int(script().loads), loads);
}

void TestComparisonSession::aFileMayBeAddedTwice()
{
    const QString script = test::writeScript(path(u"script.pt"_s));
    session().addModels({script, script});
    session().addModels({script});
    QVERIFY(m_probe->finish());
    const Comparison now = *session().snapshot();
    const QString name = now.variants[0].variant.name;
    QCOMPARE(namesOf(now), (QStringList{name, name + u" (2)"_s, name + u" (3)"_s}));
    for (int i = 0; i < 3; ++i) {
        QCOMPARE(now.variants[std::size_t(i)].colorIndex, i);
        QCOMPARE(now.variants[std::size_t(i)].variant.path, script);
    }
    QVERIFY(now.variants[0].id != now.variants[1].id && now.variants[1].id != now.variants[2].id);
}

void TestComparisonSession::aSetKeepsOrderAndNames()
{
    session().addVariantSet(test::writeVariantSet(path(u"set"_s), {Lite, Original, Quantized}));
    QVERIFY(m_probe->finish());
    QCOMPARE(namesOf(*session().snapshot()), (QStringList{lite, original, quantized}));
    QCOMPARE(session().snapshot()->variants[0].variant.labels.size(), 3);
}

void TestComparisonSession::theFirstImageBecomesCurrent()
{
    QVERIFY(m_probe->add({}, 2));
    const Comparison now = *session().snapshot();
    QCOMPARE(now.currentImageId, now.images[0].id);
    session().setCurrentImage(now.images[1].id);
    session().setCurrentImage(u"none-such"_s);
    QCOMPARE(session().snapshot()->currentImageId, now.images[1].id);
}

void TestComparisonSession::anotherImageBecomesCurrentOnRemoval()
{
    QVERIFY(m_probe->add({}, 3));
    const auto images = session().snapshot()->images;
    session().removeImage(images[1].id);
    QCOMPARE(session().snapshot()->currentImageId, images[0].id);
    session().removeImage(images[0].id);
    QCOMPARE(session().snapshot()->currentImageId, images[2].id);
    QVERIFY(!session().snapshot()->image(images[0].id));
    session().removeImage(images[2].id);
    QCOMPARE(session().snapshot()->currentImageId, QString());
}

void TestComparisonSession::idsAreNeverReused()
{
    QVERIFY(m_probe->add({Lite}));
    const Comparison before = *session().snapshot();
    session().clear();
    QVERIFY(session().snapshot()->variants.empty() && session().snapshot()->images.empty());
    QVERIFY(m_probe->add({Lite}));
    const Comparison after = *session().snapshot();
    QVERIFY(before.variants[0].id != after.variants[0].id);
    QVERIFY(before.images[0].id != after.images[0].id);
}

void TestComparisonSession::nothingIsComputedUntilAsked()
{
    QVERIFY(m_probe->add({Original, Lite}));
    QCOMPARE(script().enginesMade, 0);
    QVERIFY(session().quantizedEngines().isEmpty());
    QVERIFY(session().snapshot()->predictionCount() == 0);
}

void TestComparisonSession::classifiesEveryPair()
{
    QVERIFY(m_probe->add({Original, Lite}, 2));
    script().logits.insert(lite, {5.0F, 1.0F, 1.0F});
    const test::GrowthWatch classified(session(), test::predictionCount);
    QVERIFY(classify());
    QCOMPARE(script().enginesMade, 1);
    QCOMPARE(classified.count(), 4);
    const Comparison now = *session().snapshot();
    QCOMPARE(now.predictionCount(), qsizetype{4});
    const auto topOf = [&](std::size_t image, const QString& name) {
        return now.prediction(now.images[image].id, m_probe->variantId(name))->top.front().index;
    };
    QCOMPARE(topOf(0, original), 1);
    QCOMPARE(topOf(1, lite), 0);
    QCOMPARE(now.variants[0].state, VariantState::Ready);
    QCOMPARE(now.stamp.engineName, u"Fake"_s);
    QCOMPARE(script().forwards, 4);
}

void TestComparisonSession::aLostPictureLeavesVariantsReady()
{
    session().setPictureCacheLimit(0);
    QVERIFY(m_probe->add({Original}, 1));
    QVERIFY(QFile::remove(path(u"0.png"_s)));
    const QSignalSpy refused(&session(), &ComparisonSession::fileRefused);
    QVERIFY(classify());
    QCOMPARE(refused.size(), 1);
    const Comparison now = *session().snapshot();
    QCOMPARE(now.predictionCount(), qsizetype{0});
    QCOMPARE(now.variants[0].state, VariantState::Ready);
}

void TestComparisonSession::togglingRecomputesNothing()
{
    QVERIFY(m_probe->add({Original, Lite}, 2));
    QVERIFY(classify());
    const int loads = script().loads;
    const QString id = m_probe->variantId(lite);
    session().setVariantEnabled(id, false);
    QVERIFY(classify());
    const QSignalSpy changed(&session(), &ComparisonSession::changed);
    session().setVariantEnabled(id, true);
    session().setVariantEnabled(id, true);
    QCOMPARE(changed.size(), 1);
    QCOMPARE(session().snapshot()->predictionCount(), qsizetype{4});
    QVERIFY(classify());
    QCOMPARE(script().forwards, 4);
    QCOMPARE(script().loads, loads);
}

void TestComparisonSession::disabledVariantsAreNotRun()
{
    QVERIFY(m_probe->add({Original, Lite}));
    session().setVariantEnabled(m_probe->variantId(original), false);
    QVERIFY(benchmark());
    QVERIFY(m_probe->variant(original).latency->samples.empty());
    QCOMPARE(m_probe->variant(original).state, VariantState::Waiting);
    QCOMPARE(script().loads, 1);
    QCOMPARE(session().snapshot()->predictionCount(), qsizetype{1});
    QCOMPARE(session().snapshot()->baseline()->variant.name, lite);
}

void TestComparisonSession::earlierSettingsAreRemembered()
{
    QVERIFY(m_probe->add({Original, Lite}));
    QVERIFY(classify());
    session().setRunSettings({2, {}});
    QVERIFY(session().snapshot()->predictionCount() == 0);
    QVERIFY(classify());
    QCOMPARE(script().forwards, 4);
    QCOMPARE(session().snapshot()->predictionCount(), qsizetype{2});
    session().setRunSettings({1, {}});
    QCOMPARE(session().snapshot()->predictionCount(), qsizetype{2});
    QVERIFY(classify());
    QCOMPARE(script().forwards, 4);
    QCOMPARE(script().loads, 2);
}

void TestComparisonSession::threadsAreSetOnTheEngine()
{
    QVERIFY(m_probe->add({Original}));
    session().setRunSettings({3, {}});
    QVERIFY(classify());
    QCOMPARE(script().threads, 3);
    QCOMPARE(session().snapshot()->stamp.threads, 3);
    session().setRunSettings({0, {}});
    QCOMPARE(session().runSettings().threads, 1);
}

void TestComparisonSession::quantizedEngineIsTheBestUnlessStated()
{
    std::mutex mutex;
    QStringList loads;
    script().onLoad = [&](const Variant& variant, const QString& quantizedEngine) {
        const std::lock_guard lock(mutex);
        loads << variant.name + u':' + quantizedEngine;
    };
    QVERIFY(m_probe->add({Original, Quantized}));
    QVERIFY(classify());
    QCOMPARE(m_probe->variant(quantized).quantizedEngine, u"fake-int8"_s);
    QCOMPARE(m_probe->variant(original).quantizedEngine, QString());
    QCOMPARE(session().quantizedEngines(), script().engines);
    session().setRunSettings({1, u"slow-int8"_s});
    QVERIFY(classify());
    QCOMPARE(m_probe->variant(quantized).quantizedEngine, u"slow-int8"_s);
    QCOMPARE(session().snapshot()->stamp.quantizedEngine, u"slow-int8"_s);
    const std::lock_guard lock(mutex);
    QCOMPARE(loads, (QStringList{u"original:"_s, u"quantized:fake-int8"_s, u"quantized:slow-int8"_s}));
    QCOMPARE(script().forwards, 3); // the original's result holds under both
}

void TestComparisonSession::anUnknownEngineIsAnErrorOfItsVariants()
{
    QVERIFY(m_probe->add({Original, Quantized}));
    session().setRunSettings({1, u"none-such"_s});
    QVERIFY(classify());
    QCOMPARE(m_probe->variant(quantized).state, VariantState::Failed);
    QVERIFY(m_probe->variant(quantized).error->message.contains(u"slow-int8"_s));
    QCOMPARE(session().snapshot()->predictionCount(), qsizetype{1});
    session().setRunSettings({1, {}});
    QCOMPARE(m_probe->variant(quantized).state, VariantState::Waiting);
    QVERIFY(!m_probe->variant(quantized).error);
}

void TestComparisonSession::anInputThatChangesDropsResults()
{
    QVERIFY(m_probe->add({Original, Lite}));
    QVERIFY(benchmark());
    const Labels labels{u"x"_s, u"y"_s, u"z"_s};
    session().setVariantInput(m_probe->variantId(lite), Preprocessing::imageNet(24), labels);
    QCOMPARE(session().snapshot()->predictionCount(), qsizetype{1});
    QVERIFY(m_probe->variant(lite).latency->samples.empty());
    QVERIFY(!m_probe->variant(original).latency->samples.empty());
    QCOMPARE(m_probe->variant(lite).variant.labels, labels);
    const int forwards = script().forwards;
    QVERIFY(classify());
    QCOMPARE(script().forwards, forwards + 1);
    QCOMPARE(script().loads, 2);
}

void TestComparisonSession::aWrongInputIsRefused()
{
    QVERIFY(m_probe->add({Lite}));
    const QSignalSpy failed(&session(), &ComparisonSession::failed);
    Preprocessing wrong;
    wrong.size = -1;
    session().setVariantInput(m_probe->variantId(lite), wrong, {});
    QCOMPARE(failed.size(), 1);
    QCOMPARE(m_probe->variant(lite).variant.preprocessing, Preprocessing::imageNet(32));
}

void TestComparisonSession::aVariantThatDoesNotLoadFailsAlone()
{
    const Error broken{ErrorKind::Malformed, u"broken"_s, {}};
    script().loadErrors.insert(scripted, broken);
    QVERIFY(m_probe->add({Original, Scripted, Lite}, 2));
    QVERIFY(benchmark());
    QCOMPARE(m_probe->variant(scripted).state, VariantState::Failed);
    QCOMPARE(*m_probe->variant(scripted).error, broken);
    QCOMPARE(script().loads, 3); // tried once, not for every image
    QCOMPARE(session().snapshot()->predictionCount(), qsizetype{4});
    QCOMPARE(m_probe->variant(lite).latency->n, 3);
    QCOMPARE(m_probe->variant(scripted).latency->n, 0);
}

void TestComparisonSession::whatIsNoImageModelFailsAlone()
{
    session().addFiles({test::writeImage(path(u"image.png"_s)),
                        test::writeScript(path(u"list.pt"_s), "x: List[Tensor]"),
                        test::writeScript(path(u"good.pt"_s))});
    QVERIFY(m_probe->finish());
    QVERIFY(benchmark());
    QVERIFY(m_probe->variant(u"list.pt"_s).error->message.startsWith(u"list.pt wants a list of tensors"_s));
    QCOMPARE(m_probe->variant(u"good.pt"_s).latency->n, 3);
    QCOMPARE(script().loads, 1); // the engine has not seen the other one
}

void TestComparisonSession::aFileThatChangesAfterItWasOpenedFailsAlone_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<bool>("runs");
    QTest::newRow("another content of the same size") << QByteArray("gone") << false;
    QTest::newRow("another size") << QByteArray("x.neg()") << false;
    QTest::newRow("written again as it was") << QByteArray("pass") << true;
}

/// Its results would be told as those of what it was.
void TestComparisonSession::aFileThatChangesAfterItWasOpenedFailsAlone()
{
    QFETCH(QByteArray, line);
    QFETCH(bool, runs);
    const QString changing = test::writeScript(path(u"changing.pt"_s));
    session().addFiles({test::writeImage(path(u"a.png"_s)), changing,
                        test::writeScript(path(u"other.pt"_s), "x: Tensor", "1")});
    QVERIFY(m_probe->finish());
    test::writeScript(changing, "x: Tensor", line);
    QFile file(changing);
    QVERIFY(file.open(QIODevice::ReadWrite));
    QVERIFY(file.setFileTime(QDateTime::currentDateTime().addSecs(60), QFileDevice::FileModificationTime));
    file.close();
    QVERIFY(classify());
    QCOMPARE(m_probe->variant(u"changing.pt"_s).state, runs ? VariantState::Ready : VariantState::Failed);
    QCOMPARE(m_probe->variant(u"other.pt"_s).state, VariantState::Ready);
    if (!runs)
        QVERIFY2(
            m_probe->variant(u"changing.pt"_s).error->message.contains(u"has changed since it was opened"_s),
            qPrintable(m_probe->variant(u"changing.pt"_s).error->message));
}

void TestComparisonSession::operatorsOnFilesAreAllowedBySetting()
{
    session().addFiles({test::writeImage(path(u"image.png"_s)),
                        test::writeScript(path(u"saves.pt"_s), "x: Tensor", "torch.save(x, \"/tmp/x\")")});
    QVERIFY(m_probe->finish());
    QVERIFY(classify());
    QVERIFY(m_probe->variant(u"saves.pt"_s).error->message.contains(u"aten::save"_s));
    QCOMPARE(script().loads, 0);
    RunSettings settings = session().runSettings();
    settings.fileOperators = FileOperators::Allowed;
    session().setRunSettings(settings);
    QVERIFY(classify());
    QVERIFY(!m_probe->variant(u"saves.pt"_s).error);
    QCOMPARE(script().loads, 1);
}

void TestComparisonSession::aVariantThatDoesNotRunFailsAlone()
{
    const Error broken{ErrorKind::Incompatible, u"does not fit"_s, {}};
    script().forwardErrors.insert(scripted, broken);
    QVERIFY(m_probe->add({Original, Scripted}));
    QVERIFY(benchmark());
    QCOMPARE(m_probe->variant(scripted).state, VariantState::Ready);
    QCOMPARE(*m_probe->variant(scripted).error, broken);
    QVERIFY(!m_probe->variant(original).error);
    QCOMPARE(m_probe->variant(original).latency->n, 3);
}

void TestComparisonSession::aFailedVariantIsTriedAgain()
{
    script().loadErrors.insert(lite, {ErrorKind::Malformed, u"broken"_s, {}});
    QVERIFY(m_probe->add({Lite}));
    QVERIFY(classify());
    QCOMPARE(m_probe->variant(lite).state, VariantState::Failed);
    script().loadErrors.clear();
    QVERIFY(classify());
    QCOMPARE(m_probe->variant(lite).state, VariantState::Ready);
    QVERIFY(!m_probe->variant(lite).error);
    QCOMPARE(session().snapshot()->predictionCount(), qsizetype{1});
}

void TestComparisonSession::aMissingEngineIsOneError()
{
    script().engineError = Error{ErrorKind::NotFound, u"no engine"_s, {}};
    QVERIFY(m_probe->add({Original, Lite}));
    QSignalSpy failed(&session(), &ComparisonSession::failed);
    QVERIFY(classify());
    QCOMPARE(failed.size(), 1);
    QCOMPARE(failed.takeFirst()[0].value<Error>(), *script().engineError);
    script().engineError.reset();
    QVERIFY(classify());
    QCOMPARE(session().snapshot()->predictionCount(), qsizetype{2});
}

void TestComparisonSession::measuresEveryVariant()
{
    QVERIFY(m_probe->add({Original, Lite}, 2));
    QStringList order;
    const test::GrowthWatch classified(session(), test::predictionCount, [&] { order << u"class"_s; });
    const test::GrowthWatch sampled(session(), test::sampleCount, [&] { order << u"latency"_s; });
    QSignalSpy finished(&session(), &ComparisonSession::benchmarkFinished);
    QVERIFY(benchmark(5));
    QCOMPARE(finished.size(), 1);
    QCOMPARE(finished.takeFirst()[0].toBool(), false);
    QCOMPARE(order.mid(0, 4), QStringList(4, u"class"_s));
    QVERIFY(order.mid(4).contains(u"latency"_s) && !order.mid(4).contains(u"class"_s));
    for (const QString& name : {original, lite}) {
        QCOMPARE(m_probe->variant(name).latency->samples.size(), std::size_t{5});
        QCOMPARE(m_probe->variant(name).latency->warmUps.size(), std::size_t{2});
        QCOMPARE(m_probe->variant(name).latency->n, 5);
    }
    const Comparison now = *session().snapshot();
    QCOMPARE(now.stamp.imageSha256, QString::fromLatin1(now.images[0].sha256.toHex()));
    QCOMPARE(now.stamp.seed, std::uint64_t{1});
    QCOMPARE(now.stamp.preprocessing, Preprocessing::imageNet(32).toText());
    QCOMPARE(script().forwards, 4 + 2 * 7);
}

void TestComparisonSession::latencyOfEarlierSettingsIsRemembered()
{
    QVERIFY(m_probe->add({Original, Lite}));
    QVERIFY(benchmark(3));
    const auto samples = m_probe->variant(lite).latency->samples;
    session().setRunSettings({2, {}});
    QVERIFY(m_probe->variant(lite).latency->samples.empty());
    QVERIFY(benchmark(4));
    QCOMPARE(m_probe->variant(lite).latency->samples.size(), std::size_t{4});
    session().setRunSettings({1, {}});
    QCOMPARE(m_probe->variant(lite).latency->samples, samples);
}

void TestComparisonSession::aBenchmarkReplacesTheLastOne()
{
    QVERIFY(m_probe->add({Original, Lite}));
    QVERIFY(benchmark(3));
    session().setVariantEnabled(m_probe->variantId(lite), false);
    QVERIFY(!m_probe->variant(lite).latency->samples.empty());
    QVERIFY(benchmark(4));
    QCOMPARE(m_probe->variant(original).latency->samples.size(), std::size_t{4});
    QVERIFY(m_probe->variant(lite).latency->samples.empty());
}

void TestComparisonSession::aBenchmarkNeedsSomethingToMeasure()
{
    const QSignalSpy failed(&session(), &ComparisonSession::failed);
    QVERIFY(benchmark());
    QCOMPARE(failed.size(), 1);
    QVERIFY(m_probe->add({Lite}));
    session().setVariantEnabled(m_probe->variantId(lite), false);
    QVERIFY(benchmark());
    QCOMPARE(failed.size(), 2);
    QCOMPARE(script().forwards, 0);
}

void TestComparisonSession::aBenchmarkSaysHowItWasDone()
{
    QVERIFY(m_probe->add({Original, Lite}));
    QVERIFY(!session().snapshot()->benchmark);
    QVERIFY(benchmark(12));
    const Comparison now = *session().snapshot();
    QCOMPARE(now.benchmark->stopped, StopReason::Rounds);
    QCOMPARE(now.benchmark->plan.maxRounds, 12);
    QCOMPARE(now.stamp.timed, u"forward"_s);
    for (const VariantResult& variant : now.variants) {
        QVERIFY(variant.latency->badge.has_value());
        QVERIFY(!variant.latency->drift);
        for (int i = 0; i < 12; ++i)
            QCOMPARE(variant.latency->samples[std::size_t(i)].round, i);
        QVERIFY(variant.latency->samples[0].start >=
                variant.latency->warmUps.back().start + variant.latency->warmUps.back().duration);
    }
}

void TestComparisonSession::verdictsTakeTenRounds()
{
    QVERIFY(m_probe->add({Original, Lite}));
    QCOMPARE(m_probe->variant(lite).verdict, Verdict::Unmeasured);
    QVERIFY(benchmark(12));
    QCOMPARE(m_probe->variant(original).verdict, Verdict::Baseline);
    QVERIFY(!m_probe->variant(original).ratio);
    const VariantResult before = m_probe->variant(lite);
    QCOMPARE(before.verdict, verdictOf(*before.ratio));
    QCOMPARE(before.ratio->rounds, 12);

    QVERIFY(benchmark(roundsForVerdict - 1));
    QCOMPARE(m_probe->variant(lite).verdict, Verdict::TooFewSamples);
    QVERIFY(!m_probe->variant(lite).ratio);
    QVERIFY(benchmark(roundsForVerdict));
    QVERIFY(m_probe->variant(lite).ratio);
}

void TestComparisonSession::anotherBaselineTurnsRatiosRound()
{
    QVERIFY(m_probe->add({Original, Lite}));
    QVERIFY(benchmark(12));
    const VariantResult before = m_probe->variant(lite);
    const QSignalSpy changed(&session(), &ComparisonSession::changed);
    session().setBaseline(m_probe->variantId(lite));
    QCOMPARE(changed.size(), 1);
    QCOMPARE(session().snapshot()->baseline()->variant.name, lite);
    QCOMPARE(m_probe->variant(lite).verdict, Verdict::Baseline);
    QCOMPARE(m_probe->variant(original).ratio->ratio, 1 / before.ratio->ratio);
    session().setVariantEnabled(m_probe->variantId(lite), false);
    QCOMPARE(session().snapshot()->baseline()->variant.name, original);
    QCOMPARE(m_probe->variant(lite).verdict, Verdict::Unmeasured);
    session().setBaseline(u"nobody"_s);
    QCOMPARE(session().snapshot()->baselineId, m_probe->variantId(lite));
    session().removeVariant(m_probe->variantId(lite));
    QCOMPARE(session().snapshot()->baselineId, QString());
}

void TestComparisonSession::aVariantIsMeasuredAgainstItself()
{
    QVERIFY(m_probe->add({Original, Lite}));
    QVERIFY(benchmark(3));
    session().setBaseline(m_probe->variantId(lite));
    QSignalSpy finished(&session(), &ComparisonSession::benchmarkFinished);
    session().benchmarkAgainstItself(test::quickPlan(12));
    QVERIFY(m_probe->finish());
    QCOMPARE(finished.size(), 1);
    const Comparison now = *session().snapshot();
    const SelfComparison& self = now.selfComparison.value();
    QCOMPARE(self.variantId, m_probe->variantId(lite));
    QCOMPARE(self.second.variant.name, u"lite (again)"_s);
    QCOMPARE(self.benchmark.stopped, StopReason::Rounds);
    for (const VariantResult& side : {self.first, self.second}) {
        QCOMPARE(side.latency->n, 12);
        QCOMPARE(side.latency->warmUps.size(), std::size_t{2});
    }
    QCOMPARE(self.first.verdict, Verdict::Baseline);
    QCOMPARE(self.second.verdict, verdictOf(*self.second.ratio));
    QVERIFY(self.noiseFloor().value() > 0);
    QCOMPARE(m_probe->variant(lite).latency->n, 3); // the benchmark of variants stays
    QVERIFY(whyNotComparable(self.stamp, now.stamp).isEmpty());
    QCOMPARE(script().loads, 2);
    session().setRunSettings({1, u"slow-int8"_s}); // that was under the other one
    QCOMPARE(session().snapshot()->selfComparison->stamp.quantizedEngine, u"fake-int8"_s);
    session().removeVariant(self.variantId);
    QVERIFY(!session().snapshot()->selfComparison);
}

void TestComparisonSession::quantizedVariantsRunUnderSeveralEngines()
{
    QVERIFY(m_probe->add({Original, Quantized, Lite}));
    QHash<QString, QString> engines;
    script().onLoad = [&](const Variant& variant, const QString& quantizedEngine) {
        engines.insert(variant.name, quantizedEngine);
    };
    const QStringList both{u"slow-int8"_s, u"fake-int8"_s};
    session().setVariantEngines(m_probe->variantId(original), both);
    session().setVariantEngines(m_probe->variantId(quantized), both);
    const auto slow = u"quantized (slow-int8)"_s;
    const auto fast = u"quantized (fake-int8)"_s;
    QCOMPARE(namesOf(*session().snapshot()), (QStringList{original, slow, fast, lite}));
    QVERIFY(benchmark(3));
    QCOMPARE(engines.value(slow), u"slow-int8"_s);
    QCOMPARE(engines.value(fast), u"fake-int8"_s);
    QCOMPARE(m_probe->variant(slow).quantizedEngine, u"slow-int8"_s);
    QCOMPARE(m_probe->variant(fast).latency->n, 3);
    QCOMPARE(session().snapshot()->stamp.quantizedEngine, u"slow-int8, fake-int8"_s);
    QCOMPARE(session().snapshot()->predictionCount(), qsizetype{4});
}

void TestComparisonSession::whatIsTimedIsRun_data()
{
    QTest::addColumn<QString>("timed");
    for (const TimedWork work : allTimedWork)
        QTest::newRow(qPrintable(timedWorkName(work))) << timedWorkName(work);
}

void TestComparisonSession::whatIsTimedIsRun()
{
    QFETCH(QString, timed);
    QVERIFY(m_probe->add({Lite}));
    BenchmarkPlan plan = test::quickPlan(3);
    plan.timed = *timedWorkFromName(timed);
    session().benchmark(plan);
    QVERIFY(m_probe->finish());
    QCOMPARE(m_probe->variant(lite).latency->n, 3);
    QCOMPARE(session().snapshot()->stamp.timed, timed);
}

void TestComparisonSession::describesFiles()
{
    QSignalSpy described(&session(), &ComparisonSession::described);
    QSignalSpy failed(&session(), &ComparisonSession::describeFailed);
    session().describe(test::writeTinyDeit(path(u"tiny.pth"_s)));
    QVERIFY(m_probe->finish());
    QCOMPARE(described.takeFirst()[2].value<ScriptContents>().parameters, 83'395);
    QCOMPARE(script().enginesMade, 0);
    session().describe(test::writeScript(path(u"script.pt"_s)));
    session().describe(path(u"missing.pt"_s));
    QVERIFY(m_probe->finish());
    const auto script = described.takeFirst();
    QCOMPARE(script[1].value<FileIdentity>().format, FileFormat::TorchScript);
    QCOMPARE(script[2].value<ScriptContents>().operators, QStringList{u"aten::relu"_s});
    QCOMPARE(failed.takeFirst()[1].value<Error>().kind, ErrorKind::NotFound);
    QCOMPARE(m_probe->script->enginesMade, 0);
}

void TestComparisonSession::modelsStayOnTheWorker()
{
    QVERIFY(m_probe->add({Original, Lite}));
    QVERIFY(classify());
    QCOMPARE(script().models, 2);
    session().removeVariant(m_probe->variantId(lite));
    session().classify();
    QVERIFY(m_probe->finish());
    QCOMPARE(script().models, 1);
    // cleanup() sees the rest go.
}

QTEST_GUILESS_MAIN(TestComparisonSession)
#include "tst_comparison_session.moc"
