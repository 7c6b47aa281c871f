#include "core/base/literals.h"
#include "core/base/process_memory.h"
#include "core/host/fence.h"
#include "core/host/remembered_files.h"
#include "tests/support/files.h"

#include <QTemporaryDir>
#include <QTest>

#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fcntl.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <thread>

using namespace vitrine;
using namespace vitrine::test;

using Deed = std::function<bool()>;
Q_DECLARE_METATYPE(Deed)

/// What a process that has entered the fence can still do; each deed is tried in a child, without and within.
class TestFence : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void itKeepsFrom_data();
    void itKeepsFrom();
    void itLeaves_data();
    void itLeaves();
    void memoryIsLimited();
    void whatWasFatalIsRemembered();
    void whatWasBuiltIsRemembered();

private:
    QString path(const char* name) const { return m_folder.filePath(QLatin1String(name)); }

    QTemporaryDir m_folder;
};

namespace {

/// In a child, as nothing gives back what the fence takes.
bool succeeds(
    const Deed& deed, const std::function<void()>& before = [] {})
{
    const pid_t child = ::fork();
    if (child == 0) {
        before();
        ::_exit(deed() ? 0 : 1);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

bool opens(const QString& path, int flags)
{
    return ::open(path.toUtf8().constData(), flags | O_CLOEXEC, 0600) >= 0;
}

} // namespace

void TestFence::itKeepsFrom_data()
{
    QTest::addColumn<Deed>("deed");
    const QString there = writeFile(path("there"), "content");
    const QByteArray name = there.toUtf8();

    QTest::newRow("making a file") << Deed([this] { return opens(path("new"), O_WRONLY | O_CREAT); });
    QTest::newRow("changing a file") << Deed([there] { return opens(there, O_RDWR); });
    QTest::newRow("making a folder") << Deed([this] { return ::mkdir(path("folder").toUtf8(), 0700) == 0; });
    QTest::newRow("renaming a file") << Deed([name] { return ::rename(name, name) == 0; });
    QTest::newRow("cutting a file short") << Deed([name] { return ::truncate(name, 1) == 0; });
    QTest::newRow("permissions of a file") << Deed([name] { return ::chmod(name, 0600) == 0; });
    QTest::newRow("the network") << Deed([] { return ::socket(AF_INET, SOCK_STREAM, 0) >= 0; });
    QTest::newRow("sockets of this machine") << Deed([] { return ::socket(AF_UNIX, SOCK_STREAM, 0) >= 0; });
    QTest::newRow("starting a program") << Deed([] { return std::system("true") == 0; });
    QTest::newRow("another process") << Deed([] {
        const pid_t child = ::fork();
        if (child == 0)
            ::_exit(0);
        return child > 0;
    });
    QTest::newRow("ending another process by a thread of it")
        << Deed([parent = ::getpid()] { return ::syscall(SYS_tgkill, parent, parent, 0) == 0; });
    QTest::newRow("limits of another process") << Deed([parent = ::getpid()] {
        rlimit limit{};
        return ::prlimit(parent, RLIMIT_CORE, nullptr, &limit) == 0;
    });
    QTest::newRow("ending another process") << Deed([parent = ::getpid()] { return ::kill(parent, 0) == 0; });
}

void TestFence::itKeepsFrom()
{
    QFETCH(Deed, deed);

    QVERIFY(succeeds(deed));
    QVERIFY(!succeeds(deed, [] {
        if (!enterFence().isEmpty())
            ::_exit(0);
    }));
}

void TestFence::itLeaves_data()
{
    QTest::addColumn<Deed>("deed");
    const QString there = writeFile(path("there"), "content");

    QTest::newRow("reading a file") << Deed([there] { return readFile(there) == "content"; });
#ifndef __SANITIZE_THREAD__ // it ends a forked process that begins a thread
    QTest::newRow("threads") << Deed([] {
        bool ran = false;
        std::thread([&] { ran = true; }).join();
        return ran;
    });
#endif
    QTest::newRow("signals to itself")
        << Deed([] { return ::raise(0) == 0 && ::syscall(SYS_tgkill, ::getpid(), ::gettid(), 0) == 0; });
    QTest::newRow("its own limits") << Deed([] {
        rlimit limit{};
        return ::prlimit(0, RLIMIT_CORE, nullptr, &limit) == 0;
    });
    QTest::newRow("pipes") << Deed([] {
        int ends[2];
        return ::pipe(ends) == 0 && ::write(ends[1], "x", 1) == 1;
    });
}

void TestFence::itLeaves()
{
    QFETCH(Deed, deed);

    QVERIFY(succeeds(deed, [] { enterFence(); }));
}

void TestFence::memoryIsLimited()
{
    const auto takes400Megabytes = [] {
        void* memory = std::malloc(400'000'000);
        std::free(memory);
        return memory != nullptr;
    };
    QVERIFY(succeeds(takes400Megabytes));
    QVERIFY(!limitMemory(privateMemoryBytes() + 1'000'000).ok());
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
    QVERIFY(!succeeds(takes400Megabytes, [] { (void)limitMemory(privateMemoryBytes() + 300'000'000); }));
#endif
}

void TestFence::whatWasFatalIsRemembered()
{
    const RememberedFiles files(path("files.json"));
    const QByteArray sha256(32, 'a');
    const Error error{ErrorKind::Engine, u"it crashed"_s, u"signal 11"_s};

    QVERIFY(!files.fatality(sha256, u"fake"_s, u"1.0"_s));
    files.rememberFatality(sha256, u"fake"_s, u"1.0"_s, error);

    QCOMPARE(files.fatality(sha256, u"fake"_s, u"1.0"_s), std::optional(error));
    QVERIFY(!files.fatality(sha256, u"fake"_s, u"1.1"_s));
    QVERIFY(!files.fatality(QByteArray(32, 'b'), u"fake"_s, u"1.0"_s));

    files.forgetFatalities(sha256);
    QVERIFY(!files.fatality(sha256, u"fake"_s, u"1.0"_s));
}

void TestFence::whatWasBuiltIsRemembered()
{
    const RememberedFiles files(path("files.json"));

    files.rememberBuilt({QByteArray(32, 'a'), QByteArray(32, 'b')});
    files.rememberBuilt({QByteArray(32, 'c')});

    QVERIFY(files.isBuiltHere(QByteArray(32, 'a')));
    QVERIFY(files.isBuiltHere(QByteArray(32, 'c')));
    QVERIFY(!files.isBuiltHere(QByteArray(32, 'd')));
}

QTEST_GUILESS_MAIN(TestFence)

#include "tst_fence.moc"
