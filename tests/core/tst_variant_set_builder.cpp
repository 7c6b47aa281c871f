#include "core/base/literals.h"
#include "core/build/variant_set_builder.h"

#include "tests/support/fake_engine.h"
#include "tests/support/file_size_limit.h"
#include "tests/support/files.h"
#include "tests/support/model_files.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

#include <cmath>
#include <csignal>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace vitrine;

namespace {

constexpr rlimit almostNothing{100, 100};

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("unreadable");
}

QStringList namesOf(const VariantSet& set)
{
    QStringList names;
    for (const Variant& variant : set.variants)
        names << variant.name;
    return names;
}

} // namespace

class TestVariantSetBuilder : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void buildsFiveVariantsOfACheckpoint();
    void buildsFourVariantsOfAScript();
    void buildsNothingFromWhatIsNoImageModel();
    void aScriptWithoutAnswersIsNotBuilt();
    void buildsTheKindsThatTheEngineBuilds();
    void anEngineIsFoundForASource();
    void keepsWhatTheRequestStates();
    void takesWhatLiesBesideTheSource();
    void takesLabelsThatDoNotFitWhenConfirmed();
    void reportsEveryStep();
    void whatWouldNotRunIsNotBuilt_data();
    void whatWouldNotRunIsNotBuilt();
    void anotherTop1OfAQuantizedVariantIsNoted();
    void variantsThatSpoilTheirInputAgree();
    void labelsOfAScriptHaveToFit();
    void theFolderIsOpenToOthers();
    void cancelLeavesNothing_data();
    void cancelLeavesNothing();
    void failureLeavesNothing();
    void anOlderSetIsReplaced();
    void anEmptyFolderIsFilled();
    void anOlderSetSurvivesFailure();
    void anOlderSetSurvivesCancel();
    void aSetMayReplaceItsOwnSource();
    void aSetThatWouldLoseAVariantIsKept();
    void aKilledBuildLeavesTheOldAndIsCleanedUpAfter_data();
    void aKilledBuildLeavesTheOldAndIsCleanedUpAfter();
    void aSetThatWasHiddenComesBack();
    void anotherBuildInTheSameFolderIsLeftAlone();
    void aFullDiskLeavesTheOldSet_data();
    void aFullDiskLeavesTheOldSet();
    void aScriptThatDoesNotFitNamesItsPlace();
    void aSourceThatIsCutShortIsAnError();
    void refusesOtherFolders_data();
    void refusesOtherFolders();
    void refusesSources_data();
    void refusesSources();
    void refusesWhatDoesNotFit_data();
    void refusesWhatDoesNotFit();
    void needsAnInt8Engine();

private:
    QString path(const QString& name) const { return m_folder->filePath(name); }
    QStringList everything() const;
    Result<VariantSet> build();
    QString writeSource(const QString& kind);

    std::unique_ptr<QTemporaryDir> m_folder;
    std::shared_ptr<test::FakeScript> m_script;
    std::stop_source m_stop;
    std::vector<Progress> m_progress;
    BuildRequest m_request;
};

void TestVariantSetBuilder::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_script = std::make_shared<test::FakeScript>();
    m_stop = std::stop_source();
    m_progress.clear();
    m_request = {};
    m_request.source = test::writeTinyDeit(path(u"tiny.pth"_s));
    m_request.folder = path(u"set"_s);
}

QStringList TestVariantSetBuilder::everything() const
{
    return QDir(m_folder->path()).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot);
}

Result<VariantSet> TestVariantSetBuilder::build()
{
    auto engine = test::fakeEngine(m_script).make(u"fake"_s);
    const JobControl control{m_stop.get_token(), [&](const Progress& step) { m_progress.push_back(step); }};
    return buildVariantSet(m_request, **engine, control);
}

void TestVariantSetBuilder::buildsFiveVariantsOfACheckpoint()
{
    const auto set = build();
    QVERIFY2(set, qPrintable(set ? QString() : set.error().message));
    QCOMPARE(namesOf(*set),
             (QStringList{u"original"_s, u"scripted"_s, u"quantized"_s, u"mobile-optimized"_s, u"lite"_s}));
    QCOMPARE(set->folder, m_request.folder);
    QCOMPARE(set->modelName, u"tiny"_s);
    QCOMPARE(set->quantizedEngine, u"fake-int8"_s);
    QCOMPARE(set->preprocessing, Preprocessing::imageNet(32));
    QCOMPARE(set->architecture.value(u"type"_s).toString(), u"deit"_s);
    QCOMPARE(*DeitConfig::fromJson(set->architecture), (DeitConfig{32, 16, 3, 64, 1, 1, 128, 3}));
    for (const Variant& variant : set->variants) {
        QCOMPARE(contentOf(variant.path), "fake " + variant.name.toUtf8());
        QCOMPARE(variant.sha256, *fileSha256(variant.path));
        QCOMPARE(variant.bytes, QFileInfo(variant.path).size());
        QCOMPARE(variant.madeBy, u"by the fake engine"_s);
        QCOMPARE(variant.engine, u"fake"_s);
        QCOMPARE(variant.isQuantized, variant.kind >= VariantKind::Quantized);
    }
    QCOMPARE(everything(), (QStringList{u"set"_s, u"tiny.pth"_s}));
}

void TestVariantSetBuilder::buildsFourVariantsOfAScript()
{
    m_request.source = test::writeScript(path(u"net.bin"_s));
    const auto set = build();
    QVERIFY2(set, qPrintable(set ? QString() : set.error().message));
    QCOMPARE(set->variants.size(), std::size_t{4});
    QCOMPARE(set->variants.front().kind, VariantKind::Scripted);
    QCOMPARE(contentOf(set->variants.front().path), contentOf(m_request.source));
    QVERIFY(set->variants.front().madeBy.contains(u"net.bin"_s));
    QCOMPARE(m_script->builds, 3);
    QCOMPARE(set->modelName, u"net"_s);
    QCOMPARE(set->architecture.value(u"type"_s).toString(), u"torchscript"_s);
}

void TestVariantSetBuilder::buildsNothingFromWhatIsNoImageModel()
{
    m_request.source = test::writeScript(path(u"list.pt"_s), "x: List[Tensor]");
    QVERIFY(build().error().message.startsWith(u"list.pt wants a list of tensors"_s));
    m_request.source = test::writeScript(path(u"saves.pt"_s), "x: Tensor", "torch.save(x, \"/tmp/x\")");
    QVERIFY(build().error().message.contains(u"aten::save"_s));
    QCOMPARE(m_script->builds, 0);
    m_request.fileOperators = FileOperators::Allowed;
    QVERIFY(build());
}

void TestVariantSetBuilder::aScriptWithoutAnswersIsNotBuilt()
{
    m_request.source = test::writeScript(path(u"net.bin"_s));
    m_script->logits.insert(u"scripted"_s, {1.0F, NAN});
    const auto set = build();
    QVERIFY(!set);
    QVERIFY2(set.error().message.contains(u"1 of 2 are NaN"_s), qPrintable(set.error().message));
    QVERIFY(!QFileInfo::exists(m_request.folder));
}

void TestVariantSetBuilder::buildsTheKindsThatTheEngineBuilds()
{
    m_script->info.builds = {VariantKind::Scripted, VariantKind::Original};
    m_script->engines.clear(); // which none of these needs
    const auto set = build();
    QVERIFY2(set, qPrintable(set ? QString() : set.error().message));
    QCOMPARE(namesOf(*set), (QStringList{u"original"_s, u"scripted"_s}));
    QCOMPARE(set->quantizedEngine, QString());

    m_script->info.builds.clear();
    const auto none = build();
    QVERIFY(!none);
    QCOMPARE(none.error().kind, ErrorKind::Unsupported);
    QVERIFY(none.error().message.contains(u"Fake"_s));
}

void TestVariantSetBuilder::anEngineIsFoundForASource()
{
    const auto idOf = [&](const EngineRegistry& engines) {
        const auto id = engineForBuild(m_request, engines);
        return id ? *id : u"none: "_s + id.error().message;
    };
    const auto scripts = test::twoFakeScripts();
    QCOMPARE(idOf(test::fakeEngines({scripts[1], scripts[0]})), u"fake"_s);
    m_request.engine = u"second"_s;
    QCOMPARE(idOf(test::fakeEngines(scripts)), u"second"_s);
    m_request.engine.clear();
    scripts[0]->info.builds.clear();
    QVERIFY(idOf(test::fakeEngines(scripts)).startsWith(u"none: Fake"_s));
    QCOMPARE(idOf(EngineRegistry()), QString());
    m_request.source = test::writeLiteArchive(path(u"lite.ptl"_s));
    QVERIFY(idOf(test::fakeEngines(scripts)).contains(m_request.source));
}

void TestVariantSetBuilder::keepsWhatTheRequestStates()
{
    m_request.modelName = u"my model"_s;
    m_request.quantizedEngine = u"slow-int8"_s;
    m_request.labels = {u"a"_s, u"b"_s, u"c"_s};
    m_request.preprocessing = Preprocessing{32, 40, 3, {0.5F, 0.5F, 0.5F}, {0.5F, 0.5F, 0.5F}};
    const auto set = build();
    QVERIFY(set);
    QCOMPARE(set->modelName, m_request.modelName);
    QCOMPARE(set->quantizedEngine, m_request.quantizedEngine);
    QCOMPARE(set->labels, m_request.labels);
    QCOMPARE(set->preprocessing, *m_request.preprocessing);
    QCOMPARE(set->variants.back().quantizedEngine, m_request.quantizedEngine);
    QCOMPARE(set->variants.back().labels, m_request.labels);
}

void TestVariantSetBuilder::takesWhatLiesBesideTheSource()
{
    QVERIFY(QDir().mkdir(path(u"vit"_s)));
    test::writeTinyDeit(path(u"vit/model.safetensors"_s));
    test::writeFile(path(u"vit/config.json"_s), R"({"model_type": "vit", "num_attention_heads": 2,
        "id2label": {"0": "cat", "1": "dog", "2": "hen"}})");
    test::writeFile(path(u"vit/preprocessor_config.json"_s), R"({"size": 32, "image_mean": 0.25})");
    m_request.source = path(u"vit"_s);
    const auto set = build();
    QVERIFY2(set, qPrintable(set ? QString() : set.error().message));
    QCOMPARE(set->modelName, u"vit"_s);
    QCOMPARE(set->labels, (Labels{u"cat"_s, u"dog"_s, u"hen"_s}));
    QCOMPARE(set->preprocessing.mean.front(), 0.25F);
    QCOMPARE(set->preprocessing.fit, Fit::Stretch);
    QCOMPARE(DeitConfig::fromJson(set->architecture)->heads, 2);
}

void TestVariantSetBuilder::takesLabelsThatDoNotFitWhenConfirmed()
{
    m_request.labels = {u"one"_s};
    QVERIFY(build().error().message.contains(u"3 classes apart, but there are 1 labels"_s));
    m_request.labelsAnyway = true;
    const auto set = build();
    QVERIFY2(set, qPrintable(set ? QString() : set.error().message));
    QCOMPARE(set->labels, m_request.labels);
}

void TestVariantSetBuilder::reportsEveryStep()
{
    QVERIFY(build());
    QCOMPARE(m_progress.size(), std::size_t{11}); // reading, making, trying
    QCOMPARE(m_progress[1].done, 0);
    QCOMPARE(m_progress[5].done, 4);
    QCOMPARE(m_progress[5].total, 5);
    QVERIFY(m_progress[5].step.contains(u"lite"_s));
    QVERIFY(m_progress[10].step.contains(u"lite"_s));
}

void TestVariantSetBuilder::whatWouldNotRunIsNotBuilt_data()
{
    QTest::addColumn<QString>("variant");
    QTest::addColumn<std::vector<float>>("scores");
    QTest::addColumn<QString>("reason");

    QTest::newRow("it fails") << u"lite"_s << std::vector<float>() << u"it wants a text"_s;
    QTest::newRow("its scores are no numbers")
        << u"quantized"_s << std::vector<float>{0, NAN, 1} << u"not numbers"_s;
    QTest::newRow("a float one says something else")
        << u"scripted"_s << std::vector<float>{0, 2, 1.01F} << u"other scores than original"_s;
}

void TestVariantSetBuilder::whatWouldNotRunIsNotBuilt()
{
    QFETCH(QString, variant);
    QFETCH(std::vector<float>, scores);
    QFETCH(QString, reason);
    if (scores.empty())
        m_script->forwardErrors.insert(variant, {ErrorKind::Incompatible, reason, {}});
    else
        m_script->logits.insert(variant, scores);
    const QStringList before = everything();

    const auto set = build();

    QVERIFY(!set.ok());
    QVERIFY2(set.error().message.contains(reason), qPrintable(set.error().message));
    QCOMPARE(everything(), before);
}

void TestVariantSetBuilder::anotherTop1OfAQuantizedVariantIsNoted()
{
    m_script->logits.insert(u"mobile-optimized"_s, {3.0F, 2.0F, 1.0F});

    const auto set = build();

    QVERIFY(set);
    const auto read = readVariantSet(set->folder);
    QVERIFY(read);
    for (const Variant& variant : read->variants) {
        const QString notices = variant.notices.join(u' ');
        QCOMPARE(notices.contains(u"puts class 0 first, and original puts 1"_s),
                 variant.kind == VariantKind::MobileOptimized);
    }
}

void TestVariantSetBuilder::variantsThatSpoilTheirInputAgree()
{
    m_script->spoilers = {u"original"_s, u"scripted"_s};
    const auto set = build();
    QVERIFY2(set, qPrintable(set ? QString() : set.error().message));
}

void TestVariantSetBuilder::labelsOfAScriptHaveToFit()
{
    m_request.source = test::writeScript(path(u"net.bin"_s));
    m_request.labels = {u"cat"_s, u"dog"_s};
    QVERIFY2(build().error().message.contains(u"3 classes apart, but there are 2 labels"_s),
             qPrintable(build().error().message));
    m_request.labelsAnyway = true;
    QCOMPARE(build()->labels.size(), 2);
}

void TestVariantSetBuilder::theFolderIsOpenToOthers()
{
    QVERIFY(build());
    QVERIFY(QDir().mkdir(path(u"ordinary"_s)));
    QCOMPARE(QFileInfo(m_request.folder).permissions(), QFileInfo(path(u"ordinary"_s)).permissions());
}

void TestVariantSetBuilder::cancelLeavesNothing_data()
{
    QTest::addColumn<VariantKind>("during");
    for (const VariantKind kind : allKinds())
        QTest::newRow(qPrintable(kindName(kind))) << kind;
}

void TestVariantSetBuilder::cancelLeavesNothing()
{
    QFETCH(VariantKind, during);
    m_script->onBuildStep = [&](VariantKind kind) {
        if (kind == during)
            m_stop.request_stop();
    };
    const auto set = build();
    QVERIFY(set.isCancelled());
    QCOMPARE(m_script->builds, static_cast<int>(during) + 1);
    QCOMPARE(everything(), QStringList{u"tiny.pth"_s});
}

void TestVariantSetBuilder::failureLeavesNothing()
{
    m_script->failingBuildStep = VariantKind::MobileOptimized;
    const auto set = build();
    QVERIFY(!set && !set.isCancelled());
    QCOMPARE(set.error().kind, ErrorKind::Engine);
    QCOMPARE(everything(), QStringList{u"tiny.pth"_s});
}

void TestVariantSetBuilder::anOlderSetIsReplaced()
{
    test::writeVariantSet(m_request.folder, {VariantKind::Scripted}, "old");
    QVERIFY(build());
    QCOMPARE(contentOf(m_request.folder + u"/scripted.pt"_s), QByteArray("fake scripted"));
    QCOMPARE(readVariantSet(m_request.folder)->variants.size(), std::size_t{5});
    QCOMPARE(everything(), (QStringList{u"set"_s, u"tiny.pth"_s}));
}

void TestVariantSetBuilder::anEmptyFolderIsFilled()
{
    QVERIFY(QDir().mkdir(m_request.folder));
    QVERIFY(build());
    QCOMPARE(readVariantSet(m_request.folder)->variants.size(), std::size_t{5});
    QCOMPARE(everything(), (QStringList{u"set"_s, u"tiny.pth"_s}));
}

void TestVariantSetBuilder::anOlderSetSurvivesFailure()
{
    test::writeVariantSet(m_request.folder, {VariantKind::Scripted}, "old");
    m_script->failingBuildStep = VariantKind::Lite;
    QVERIFY(!build());
    QCOMPARE(contentOf(m_request.folder + u"/scripted.pt"_s), QByteArray("fake scriptedold"));
    QCOMPARE(everything(), (QStringList{u"set"_s, u"tiny.pth"_s}));
}

void TestVariantSetBuilder::anOlderSetSurvivesCancel()
{
    test::writeVariantSet(m_request.folder, {VariantKind::Scripted}, "old");
    m_script->onBuildStep = [&](VariantKind) { m_stop.request_stop(); };
    QVERIFY(build().isCancelled());
    QCOMPARE(contentOf(m_request.folder + u"/scripted.pt"_s), QByteArray("fake scriptedold"));
    QCOMPARE(everything(), (QStringList{u"set"_s, u"tiny.pth"_s}));
}

void TestVariantSetBuilder::aSetMayReplaceItsOwnSource()
{
    test::writeVariantSet(m_request.folder, {VariantKind::Original}, "old");
    VariantSet old = *readVariantSet(m_request.folder);
    m_request.source = test::writeTinyDeit(old.variants.front().path);
    old.variants.front().bytes = QFileInfo(m_request.source).size();
    old.variants.front().sha256 = *fileSha256(m_request.source);
    QVERIFY(writeManifest(old));
    const auto set = build();
    QVERIFY2(set, qPrintable(set ? QString() : set.error().message));
    QCOMPARE(set->variants.size(), std::size_t{5});
}

void TestVariantSetBuilder::aSetThatWouldLoseAVariantIsKept()
{
    test::writeVariantSet(m_request.folder, {VariantKind::Original, VariantKind::Scripted});
    VariantSet old = *readVariantSet(m_request.folder);
    m_request.source = test::writeScript(old.variants[1].path);
    old.variants[1].bytes = QFileInfo(m_request.source).size();
    old.variants[1].sha256 = *fileSha256(m_request.source);
    QVERIFY(writeManifest(old));
    const auto set = build();
    QVERIFY(!set);
    QCOMPARE(set.error().kind, ErrorKind::Usage);
    QVERIFY2(set.error().message.contains(u"original would be lost"_s), qPrintable(set.error().message));
    QCOMPARE(namesOf(*readVariantSet(m_request.folder)), (QStringList{u"original"_s, u"scripted"_s}));

    m_request.folder = path(u"another"_s);
    QVERIFY(build());
}

void TestVariantSetBuilder::aKilledBuildLeavesTheOldAndIsCleanedUpAfter_data()
{
    QTest::addColumn<QString>("step");
    for (const VariantKind kind : allKinds())
        QTest::newRow(qPrintable(u"while it makes "_s + kindName(kind))) << kindName(kind);
    QTest::newRow("after all variants, at the manifest") << u"manifest"_s;
}

void TestVariantSetBuilder::aKilledBuildLeavesTheOldAndIsCleanedUpAfter()
{
    QFETCH(QString, step);
    test::writeVariantSet(m_request.folder, {VariantKind::Lite}, "old");
    const pid_t child = fork();
    if (child == 0) {
        m_script->onBuildStep = [&](VariantKind kind) {
            if (kindName(kind) == step)
                std::raise(SIGKILL);
            if (step == u"manifest" && kind == VariantKind::Lite) // what is written next is too large
                setrlimit(RLIMIT_FSIZE, &almostNothing);
        };
        (void)build();
        _exit(0);
    }
    int status = 0;
    QCOMPARE(waitpid(child, &status, 0), child);
    QVERIFY(WIFSIGNALED(status));
    QCOMPARE(everything().size(), 3); // the source, the set, and what the child left
    QCOMPARE(namesOf(*readVariantSet(m_request.folder)), QStringList{u"lite"_s});

    const auto set = build();
    QVERIFY2(set, qPrintable(set ? QString() : set.error().message));
    QCOMPARE(everything(), (QStringList{u"set"_s, u"tiny.pth"_s}));
    QCOMPARE(set->variants.size(), std::size_t{5});
}

void TestVariantSetBuilder::aSetThatWasHiddenComesBack()
{
    // As a kill leaves it between the two renames, where folders cannot be exchanged in one step.
    test::writeVariantSet(m_request.folder, {VariantKind::Lite}, "old");
    QVERIFY(QDir().mkpath(path(u".vitrine-build-abcdef/old"_s)));
    QVERIFY(QDir().rename(m_request.folder, path(u".vitrine-build-abcdef/old/set"_s)));
    m_script->failingBuildStep = VariantKind::Quantized;
    QVERIFY(!build());
    QCOMPARE(everything(), (QStringList{u"set"_s, u"tiny.pth"_s}));
    QCOMPARE(namesOf(*readVariantSet(m_request.folder)), QStringList{u"lite"_s});
}

void TestVariantSetBuilder::anotherBuildInTheSameFolderIsLeftAlone()
{
    const QString first = m_request.folder;
    bool hasBuilt = false;
    m_script->onBuildStep = [&](VariantKind kind) {
        if (kind != VariantKind::Quantized || std::exchange(hasBuilt, true))
            return;
        m_request.folder = path(u"second"_s);
        QVERIFY(build());
        QCOMPARE(everything().filter(u".vitrine-build-"_s).size(), 1);
    };
    QVERIFY(build());
    QVERIFY(hasBuilt && readVariantSet(first) && readVariantSet(path(u"second"_s)));
}

void TestVariantSetBuilder::aFullDiskLeavesTheOldSet_data()
{
    QTest::addColumn<int>("bytes");
    QTest::newRow("at the first variant") << 5;
    QTest::newRow("at the manifest") << 600;
}

void TestVariantSetBuilder::aFullDiskLeavesTheOldSet()
{
    QFETCH(int, bytes);
    test::writeVariantSet(m_request.folder, {VariantKind::Lite}, "old");
    {
        const test::FileSizeLimit limit{rlim_t(bytes)};
        const auto set = build();
        QVERIFY(!set);
        const QString& message = set.error().message;
        QVERIFY2(message.startsWith(m_request.folder + u'/'), qPrintable(message));
        QVERIFY2(message.contains(u" cannot be written: "_s), qPrintable(message));
    }
    QCOMPARE(everything(), (QStringList{u"set"_s, u"tiny.pth"_s}));
    QCOMPARE(namesOf(*readVariantSet(m_request.folder)), QStringList{u"lite"_s});
    QVERIFY(build());
}

void TestVariantSetBuilder::aScriptThatDoesNotFitNamesItsPlace()
{
    m_request.source = test::writeScript(path(u"script.pt"_s));
    const test::FileSizeLimit limit{100};
    const auto set = build();
    QVERIFY(!set);
    const QString& message = set.error().message;
    QVERIFY2(message.startsWith(path(u"set/scripted.pt cannot be written: "_s)), qPrintable(message));
}

void TestVariantSetBuilder::aSourceThatIsCutShortIsAnError()
{
    m_script->onBuildStep = [&](VariantKind kind) {
        if (kind == VariantKind::Quantized)
            QVERIFY(QFile::resize(m_request.source, 1000));
    };
    const auto set = build();
    QVERIFY(!set);
    QVERIFY2(set.error().message.contains(u"cut short"_s), qPrintable(set.error().message));
    QCOMPARE(everything(), QStringList{u"tiny.pth"_s});
}

void TestVariantSetBuilder::refusesOtherFolders_data()
{
    QTest::addColumn<QString>("folder");
    QTest::addColumn<ErrorKind>("kind");
    QTest::newRow("none") << QString() << ErrorKind::Usage;
    QTest::newRow("a folder without a manifest") << u"plain"_s << ErrorKind::Usage;
    QTest::newRow("a file") << u"tiny.pth"_s << ErrorKind::Usage;
    QTest::newRow("a set with other files") << u"mixed"_s << ErrorKind::Usage;
    QTest::newRow("a broken set") << u"broken"_s << ErrorKind::Usage;
    QTest::newRow("no parent") << u"missing/set"_s << ErrorKind::NotFound;
}

void TestVariantSetBuilder::refusesOtherFolders()
{
    QFETCH(QString, folder);
    QVERIFY(QDir().mkdir(path(u"plain"_s)));
    QVERIFY(QFile::copy(m_request.source, path(u"plain/.hidden"_s)));
    test::writeVariantSet(path(u"mixed"_s), {VariantKind::Lite});
    QVERIFY(QFile::copy(m_request.source, path(u"mixed/holiday.jpg"_s)));
    test::writeVariantSet(path(u"broken"_s), {VariantKind::Lite});
    QVERIFY(QFile::remove(path(u"broken/lite.pt"_s)));
    const QStringList before = everything();

    m_request.folder = folder.isEmpty() ? QString() : path(folder);
    const auto set = build();
    QVERIFY(!set && !set.isCancelled());
    QTEST(set.error().kind, "kind");
    QCOMPARE(everything(), before);
    QVERIFY(QFile::exists(path(u"mixed/holiday.jpg"_s)));
    QCOMPARE(m_script->builds, 0);
}

void TestVariantSetBuilder::refusesSources_data()
{
    QTest::addColumn<ErrorKind>("kind");
    QTest::newRow("missing") << ErrorKind::NotFound;
    QTest::newRow("lite") << ErrorKind::Unsupported;
    QTest::newRow("set") << ErrorKind::Unsupported;
    QTest::newRow("image") << ErrorKind::Unsupported;
}

QString TestVariantSetBuilder::writeSource(const QString& kind)
{
    if (kind == u"lite"_s)
        return test::writeLiteArchive(path(u"model.pt"_s));
    if (kind == u"set"_s)
        return test::writeVariantSet(path(u"source"_s), {VariantKind::Lite});
    if (kind == u"image"_s)
        return test::writeImage(path(u"model.pth"_s));
    return path(u"missing.pth"_s);
}

void TestVariantSetBuilder::refusesSources()
{
    m_request.source = writeSource(QString::fromLatin1(QTest::currentDataTag()));
    const QStringList before = everything();
    const auto set = build();
    QVERIFY(!set && !set.isCancelled());
    QTEST(set.error().kind, "kind");
    const QString name = QFileInfo(m_request.source).fileName();
    QVERIFY2(set.error().message.contains(name), qPrintable(set.error().message));
    QCOMPARE(everything(), before);
}

void TestVariantSetBuilder::refusesWhatDoesNotFit_data()
{
    QTest::addColumn<Labels>("labels");
    QTest::addColumn<int>("size");
    QTest::addColumn<QString>("engine");
    QTest::addColumn<ErrorKind>("kind");
    QTest::newRow("labels") << Labels{u"one"_s} << 32 << QString() << ErrorKind::Incompatible;
    QTest::newRow("size") << Labels() << 224 << QString() << ErrorKind::Incompatible;
    QTest::newRow("engine") << Labels() << 32 << u"none-such"_s << ErrorKind::Usage;
}

void TestVariantSetBuilder::refusesWhatDoesNotFit()
{
    QFETCH(int, size);
    QFETCH(Labels, labels);
    QFETCH(QString, engine);
    m_request.labels = labels;
    m_request.quantizedEngine = engine;
    m_request.preprocessing = Preprocessing::imageNet(size);
    const auto set = build();
    QVERIFY(!set && !set.isCancelled());
    QTEST(set.error().kind, "kind");
    QCOMPARE(everything(), QStringList{u"tiny.pth"_s});
}

void TestVariantSetBuilder::needsAnInt8Engine()
{
    m_script->engines.clear();
    const auto set = build();
    QVERIFY(!set && !set.isCancelled());
    QCOMPARE(set.error().kind, ErrorKind::Engine);
}

QTEST_GUILESS_MAIN(TestVariantSetBuilder)
#include "tst_variant_set_builder.moc"
