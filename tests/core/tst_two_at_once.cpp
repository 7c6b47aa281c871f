#include "core/base/literals.h"
#include "core/build/hidden_folder.h"
#include "core/build/variant_set_builder.h"
#include "core/host/remembered_files.h"
#include "tests/support/fake_engine.h"
#include "tests/support/model_files.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <thread>

using namespace vitrine;
using namespace vitrine::test;

namespace {

/// Runs `work(i)` in `count` threads at once, which stand for as many processes: what they share is files.
template <typename Work>
void atOnce(int count, Work work)
{
    std::vector<std::jthread> threads;
    for (int i = 0; i < count; ++i)
        threads.emplace_back([=] { work(i); });
}

QByteArray sha256Of(int writer, int turn)
{
    return QCryptographicHash::hash(QByteArray::number(writer * 1000 + turn), QCryptographicHash::Sha256);
}

} // namespace

/// Several Vitrines that work in the same folder at the same time.
class TestTwoAtOnce : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aBuildThatHasJustBegunIsNoLeftover();
    void whatAllRememberIsThere();
    void allBuildTheSameSetInOneCache();

private:
    QTemporaryDir m_folder;
};

void TestTwoAtOnce::aBuildThatHasJustBegunIsNoLeftover()
{
    constexpr int turns = 300;
    std::atomic<int> lost = 0;
    std::atomic<int> working = 2;
    atOnce(4, [&, parent = m_folder.path()](int i) {
        for (int turn = 0; i < 2 && turn < turns; ++turn) {
            const HiddenFolder hidden(parent);
            lost += !hidden.isValid() || !QDir().mkdir(hidden.filePath(u"new"_s));
            std::this_thread::yield();
            lost += !QFileInfo::exists(hidden.filePath(u"new"_s));
        }
        working -= i < 2;
        while (i >= 2 && working > 0)
            HiddenFolder::clearAbandoned(parent);
    });
    QCOMPARE(lost.load(), 0);
    HiddenFolder::clearAbandoned(m_folder.path());
    QVERIFY(QDir(m_folder.path()).isEmpty(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot));
}

void TestTwoAtOnce::whatAllRememberIsThere()
{
    constexpr int writers = 4;
    constexpr int turns = 3;
    const QString path = m_folder.filePath(u"cache/files.json"_s);
    atOnce(writers, [&](int writer) {
        for (int turn = 0; turn < turns; ++turn)
            RememberedFiles(path).rememberBuilt({sha256Of(writer, turn)});
    });
    for (int writer = 0; writer < writers; ++writer)
        for (int turn = 0; turn < turns; ++turn)
            QVERIFY(RememberedFiles(path).isBuiltHere(sha256Of(writer, turn)));
    QCOMPARE(QDir(m_folder.filePath(u"cache"_s)).entryList(QDir::Files), QStringList{u"files.json"_s});
}

void TestTwoAtOnce::allBuildTheSameSetInOneCache()
{
    constexpr int builders = 3;
    constexpr int turns = 5;
    BuildRequest request;
    request.source = writeTinyDeit(m_folder.filePath(u"tiny.pth"_s));
    std::atomic<int> whole = 0;
    for (int turn = 0; turn < turns; ++turn) {
        const QString cache = m_folder.filePath(u"sets%1"_s.arg(turn));
        atOnce(builders, [&](int) {
            const auto engine = fakeEngine(std::make_shared<FakeScript>()).make(u"fake"_s);
            const auto set = cachedVariantSet(request, cache, **engine, {});
            whole += set && set->variants.size() == 5 && checkContent(set->variants.back());
        });
        QCOMPARE(QDir(cache).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot).size(), 1);
    }
    QCOMPARE(whole.load(), builders * turns);
}

QTEST_GUILESS_MAIN(TestTwoAtOnce)
#include "tst_two_at_once.moc"
