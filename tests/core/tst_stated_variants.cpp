#include "core/base/literals.h"
#include "tests/support/model_files.h"
#include "tests/support/session_probe.h"

#include <QSignalSpy>
#include <QTest>

using namespace vitrine;

/// What a user states about one variant of a session: which weights, how many heads, labels, what its file is
/// allowed.
class TestStatedVariants : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void otherWeightsAreReadWithoutAddingThemAgain();
    void resultsOfEarlierWeightsComeBack();
    void headsAreTaken();
    void whatTheUserSetStays();
    void labelsOfOtherWeightsAreStatedWithThem();
    void aReadingThatIsCancelledChangesNothing();
    void ofTwoChangesTheLastOneHolds();
    void weightsThatAreNotThereAreItsError();
    void inputOfAFileIsTold();
    void filesAreAllowedToOneVariantAlone();
    void theirPermissionStaysWhenOtherThingsChange();
    void itCanBeTakenBack();
    void labelsThatDoNotFitAreRefusedWhenThatIsKnown();
    void labelsThatDoNotFitAreRefusedAtOnceWhereItAnsweredBefore();
    void labelsThatDoNotFitStayWhereConfirmed();
    void labelsOfOtherWeightsAreCounted();

private:
    ComparisonSession& session() { return *m_probe->session; }
    Variant variant(const QString& name) { return m_probe->variant(name).variant; }
    QString id(const QString& name) { return m_probe->variantId(name); }
    bool add(const QStringList& paths)
    {
        session().addFiles(QStringList{test::writeImage(m_probe->path(u"image.png"_s))} + paths);
        return m_probe->finish();
    }
    QString twoDeits() { return test::writeTwoDeits(m_probe->path(twoName)); }
    QString savingScript(const QString& name)
    {
        return test::writeScript(m_probe->path(name), "x: Tensor",
                                 "torch.save(x, \"/tmp/" + name.toUtf8() + "\")");
    }
    bool classify()
    {
        session().classify();
        return m_probe->finish();
    }
    bool state(const DeitOptions& options)
    {
        session().setCheckpointOptions(id(twoName), options);
        return m_probe->finish();
    }

    const QString twoName = u"two.safetensors"_s;
    std::unique_ptr<test::SessionProbe> m_probe;
};

void TestStatedVariants::init()
{
    m_probe = std::make_unique<test::SessionProbe>();
}

void TestStatedVariants::otherWeightsAreReadWithoutAddingThemAgain()
{
    QVERIFY(add({twoDeits()}));
    QCOMPARE(variant(twoName).weights, (QStringList{u"model"_s, u"teacher"_s}));
    QCOMPARE(variant(twoName).classes, 3);
    const QString notice = variant(twoName).notices.value(0);
    QVERIFY2(notice.contains(u"\"teacher\""_s) && notice.contains(u"Input settings"_s) &&
                 notice.contains(u"--weights"_s),
             qPrintable(notice));

    QVERIFY(state({.weights = u"teacher"_s}));

    QCOMPARE(variant(twoName).weights, (QStringList{u"teacher"_s, u"model"_s}));
    QCOMPARE(variant(twoName).classes, 5);
    QCOMPARE(variant(twoName).deit.weights, u"teacher"_s);
    QVERIFY(!variant(twoName).notices.contains(notice));
    QCOMPARE(session().snapshot()->variants.size(), std::size_t{1});
}

void TestStatedVariants::resultsOfEarlierWeightsComeBack()
{
    QVERIFY(add({twoDeits()}));
    QVERIFY(classify());
    QCOMPARE(m_probe->script->loads, 1);
    QVERIFY(state({.weights = u"teacher"_s}));
    QCOMPARE(session().snapshot()->predictionCount(), qsizetype{0});
    QVERIFY(classify());
    QCOMPARE(m_probe->script->loads, 2); // what was in memory are other weights
    QCOMPARE(m_probe->script->models, 1);

    QVERIFY(state({}));

    QCOMPARE(session().snapshot()->predictionCount(), qsizetype{1});
    QVERIFY(classify());
    QCOMPARE(m_probe->script->loads, 2);
}

void TestStatedVariants::headsAreTaken()
{
    QVERIFY(add({twoDeits()}));
    QCOMPARE(variant(twoName).heads, 1);
    const QString guess = variant(twoName).notices.value(1);
    QVERIFY2(guess.contains(u"is a guess"_s) && guess.contains(u"Input settings"_s), qPrintable(guess));

    QVERIFY(state({.heads = 4}));

    QCOMPARE(variant(twoName).heads, 4);
    QVERIFY(!variant(twoName).notices.contains(guess));
    QVERIFY(state({.heads = 5})); // does not divide the width: told when it is loaded
    QCOMPARE(variant(twoName).heads, 0);
}

void TestStatedVariants::whatTheUserSetStays()
{
    const Labels labels{u"a"_s, u"b"_s, u"c"_s};
    QVERIFY(add({twoDeits()}));
    QCOMPARE(variant(twoName).preprocessing.size, 32);
    Preprocessing own = variant(twoName).preprocessing;
    own.mean = {0.1F, 0.2F, 0.3F};
    session().setVariantInput(id(twoName), own, labels);

    QVERIFY(state({.heads = 2, .weights = u"teacher"_s}));

    QCOMPARE(variant(twoName).preprocessing, own);
    QCOMPARE(variant(twoName).labels, labels);
}

/// They are counted against what these weights tell apart, whatever the others have said.
void TestStatedVariants::labelsOfOtherWeightsAreStatedWithThem()
{
    QVERIFY(add({twoDeits()}));
    QVERIFY(classify());
    const Labels five{u"a"_s, u"b"_s, u"c"_s, u"d"_s, u"e"_s};
    const QSignalSpy failed(&session(), &ComparisonSession::failed);
    const StatedInput input{variant(twoName).preprocessing, five, LabelMisfit::Refused};

    session().setCheckpointOptions(id(twoName), {.weights = u"teacher"_s}, input);
    QVERIFY(m_probe->finish());
    QCOMPARE(variant(twoName).labels, five);
    QCOMPARE(failed.size(), 0);

    session().setCheckpointOptions(id(twoName), {.weights = u"model"_s}, input);
    QVERIFY(m_probe->finish());
    QCOMPARE(variant(twoName).labels, Labels());
    QCOMPARE(failed.size(), 1);
}

void TestStatedVariants::aReadingThatIsCancelledChangesNothing()
{
    QVERIFY(add({twoDeits()}));
    const Variant before = variant(twoName);
    session().setCheckpointOptions(id(twoName), {.weights = u"teacher"_s});
    session().cancel();
    QVERIFY(m_probe->finish());
    QCOMPARE(variant(twoName).deit, before.deit);
    QCOMPARE(variant(twoName).classes, before.classes);

    QVERIFY(state({.weights = u"teacher"_s}));

    QCOMPARE(variant(twoName).classes, 5);
}

void TestStatedVariants::ofTwoChangesTheLastOneHolds()
{
    QVERIFY(add({twoDeits()}));
    const Variant before = variant(twoName);
    session().setCheckpointOptions(id(twoName), {.weights = u"student"_s}); // there is none
    session().setCheckpointOptions(id(twoName), {.weights = u"teacher"_s});
    QVERIFY(m_probe->finish());
    QCOMPARE(variant(twoName).classes, 5);
    QVERIFY(!m_probe->variant(twoName).error);

    session().setCheckpointOptions(id(twoName), {.weights = u"student"_s});
    session().setCheckpointOptions(id(twoName), {});
    QVERIFY(m_probe->finish());
    QCOMPARE(variant(twoName).classes, before.classes);
    QCOMPARE(variant(twoName).preprocessing, before.preprocessing);
}

void TestStatedVariants::weightsThatAreNotThereAreItsError()
{
    QVERIFY(add({twoDeits()}));
    QVERIFY(state({.weights = u"student"_s}));
    const VariantResult failed = m_probe->variant(twoName);
    QCOMPARE(failed.state, VariantState::Failed);
    QVERIFY(failed.error && failed.error->message.contains(u"\"student\""_s));
    QVERIFY(state({}));
    QVERIFY(!m_probe->variant(twoName).error);
}

void TestStatedVariants::inputOfAFileIsTold()
{
    QString told;
    std::optional<Variant> input;
    connect(&session(), &ComparisonSession::inputRead, this, [&](const QString& path, const auto& result) {
        told = path;
        input = result ? std::optional(*result) : std::nullopt;
    });
    const QString path = twoDeits();
    session().readInput(path, {.weights = u"teacher"_s});
    QVERIFY(m_probe->finish());
    QCOMPARE(told, path);
    QVERIFY(input && input->classes == 5 && input->weights.front() == u"teacher"_s);
    session().readInput(m_probe->path(u"absent"_s));
    QVERIFY(m_probe->finish());
    QVERIFY(told.endsWith(u"absent"_s) && !input);
}

void TestStatedVariants::filesAreAllowedToOneVariantAlone()
{
    QVERIFY(add({savingScript(u"one.pt"_s), savingScript(u"other.pt"_s)}));
    QVERIFY(classify());
    QCOMPARE(m_probe->variant(u"one.pt"_s).error->kind, ErrorKind::NotAllowed);
    QVERIFY(m_probe->variant(u"one.pt"_s).error->message.contains(u"in its menu"_s));

    session().setVariantFileOperators(id(u"one.pt"_s), FileOperators::Allowed);
    QVERIFY(classify());

    QVERIFY(!m_probe->variant(u"one.pt"_s).error);
    QCOMPARE(m_probe->variant(u"other.pt"_s).error->kind, ErrorKind::NotAllowed);
    QCOMPARE(m_probe->script->loads, 1);
}

void TestStatedVariants::theirPermissionStaysWhenOtherThingsChange()
{
    QVERIFY(add({savingScript(u"one.pt"_s)}));
    session().setVariantFileOperators(id(u"one.pt"_s), FileOperators::Allowed);
    Preprocessing other = variant(u"one.pt"_s).preprocessing;
    other.interpolation = Interpolation::Bilinear;
    session().setVariantInput(id(u"one.pt"_s), other, {u"a"_s, u"b"_s, u"c"_s});
    session().setRunSettings(session().runSettings().onThreads(2));
    session().tryAgain(id(u"one.pt"_s));
    QVERIFY(classify());
    QVERIFY(!m_probe->variant(u"one.pt"_s).error);
    QCOMPARE(session().snapshot()->predictionCount(), qsizetype{1});
}

void TestStatedVariants::itCanBeTakenBack()
{
    QVERIFY(add({savingScript(u"one.pt"_s)}));
    session().setVariantFileOperators(id(u"one.pt"_s), FileOperators::Allowed);
    QVERIFY(classify());
    session().setVariantFileOperators(id(u"one.pt"_s), FileOperators::Refused);
    session().addImages({test::writeImage(m_probe->path(u"second.png"_s), Qt::blue)});
    QVERIFY(classify());
    QCOMPARE(m_probe->variant(u"one.pt"_s).error->kind, ErrorKind::NotAllowed);
    QCOMPARE(session().snapshot()->predictionCount(), qsizetype{1}); // what it has said before stays
    QCOMPARE(m_probe->script->models, 0);
}

void TestStatedVariants::labelsThatDoNotFitAreRefusedWhenThatIsKnown()
{
    QVERIFY(add({test::writeScript(m_probe->path(u"script.pt"_s))}));
    QSignalSpy failed(&session(), &ComparisonSession::failed);
    session().setVariantInput(id(u"script.pt"_s), variant(u"script.pt"_s).preprocessing, {u"a"_s, u"b"_s},
                              LabelMisfit::Refused);
    QCOMPARE(variant(u"script.pt"_s).labels.size(), 2);

    QVERIFY(classify());

    QCOMPARE(failed.size(), 1);
    const QString message = failed[0][0].value<Error>().message;
    QVERIFY2(message.startsWith(u"script.pt tells 3 classes apart, but there are 2 labels"_s),
             qPrintable(message));
    QVERIFY(variant(u"script.pt"_s).labels.isEmpty());
    QCOMPARE(session().snapshot()->predictionCount(), qsizetype{1});
}

void TestStatedVariants::labelsThatDoNotFitAreRefusedAtOnceWhereItAnsweredBefore()
{
    QVERIFY(add({test::writeScript(m_probe->path(u"script.pt"_s))}));
    QVERIFY(classify());
    const QSignalSpy failed(&session(), &ComparisonSession::failed);

    session().setVariantInput(id(u"script.pt"_s), variant(u"script.pt"_s).preprocessing, {u"a"_s, u"b"_s},
                              LabelMisfit::Refused);

    QCOMPARE(failed.size(), 1);
    QVERIFY(variant(u"script.pt"_s).labels.isEmpty());
}

void TestStatedVariants::labelsThatDoNotFitStayWhereConfirmed()
{
    QVERIFY(add({test::writeScript(m_probe->path(u"script.pt"_s))}));
    const QSignalSpy failed(&session(), &ComparisonSession::failed);
    session().setVariantInput(id(u"script.pt"_s), variant(u"script.pt"_s).preprocessing, {u"a"_s, u"b"_s});
    QVERIFY(classify());
    QCOMPARE(failed.size(), 0);
    QCOMPARE(variant(u"script.pt"_s).labels.size(), 2);
}

void TestStatedVariants::labelsOfOtherWeightsAreCounted()
{
    QVERIFY(add({twoDeits()}));
    const QSignalSpy failed(&session(), &ComparisonSession::failed);
    session().setVariantInput(id(twoName), variant(twoName).preprocessing, {u"a"_s, u"b"_s, u"c"_s},
                              LabelMisfit::Refused);
    QVERIFY(state({.weights = u"teacher"_s}));
    QCOMPARE(failed.size(), 1);
    QVERIFY(variant(twoName).labels.isEmpty());
}

QTEST_GUILESS_MAIN(TestStatedVariants)
#include "tst_stated_variants.moc"
