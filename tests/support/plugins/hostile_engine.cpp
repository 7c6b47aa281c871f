#include "tests/support/plugins/fake_plugin.h"

#include <QFile>

#include <atomic>
#include <csignal>
#include <cstdio>
#include <unistd.h>

namespace vitrine::test {

namespace {

[[noreturn]] void hang()
{
    for (std::atomic<int> turns = 0;; ++turns) {
    }
}

void crash()
{
    std::signal(SIGSEGV, SIG_DFL);
    std::raise(SIGSEGV);
}

void flood()
{
    for (int i = 0; i < 1'000'000; ++i)
        std::fputs("a warning that somebody wrote into a loop\n", stderr);
}

void writeBeside(const QString& path)
{
    QFile file(path + u".written"_s);
    if (file.open(QIODevice::WriteOnly))
        file.write("a model was here");
}

bool is(const QString& name, const char* what)
{
    return name.startsWith(QLatin1String(what));
}

void misbehaveInLoad(const Variant& variant)
{
    if (is(variant.name, "load-crash"))
        crash();
    if (is(variant.name, "load-hang"))
        hang();
    if (is(variant.name, "moody") && !QFile::exists(variant.path + u".mended"_s))
        crash();
    if (is(variant.name, "write"))
        writeBeside(variant.path);
}

void misbehaveInForward(const QString& name)
{
    static int forwardsOfSecond = 0;
    if (is(name, "crash"))
        crash();
    if (is(name, "hang") || (is(name, "second") && ++forwardsOfSecond > 1))
        hang();
    if (is(name, "exit"))
        _exit(3);
    if (is(name, "flood"))
        flood();
    if (is(name, "print"))
        std::puts("{\"error\": \"what a model prints\"}");
}

} // namespace

/// Runs models that do what their files' names say: crash, hang, exit, flood, print, write, load-crash...;
/// moody.pt crashes until there is a moody.pt.mended.
class HostilePlugin : public QObject, public EnginePlugin
{
    Q_OBJECT
    Q_PLUGIN_METADATA(IID VITRINE_ENGINE_PLUGIN_IID FILE "hostile_engine.json")
    Q_INTERFACES(vitrine::EnginePlugin)

public:
    std::unique_ptr<Engine> create(EngineInfo info) override
    {
        auto script = std::make_shared<FakeScript>();
        script->info = std::move(info);
        script->onLoad = [](const Variant& variant, const QString&) { misbehaveInLoad(variant); };
        script->onForward = misbehaveInForward;
        script->onBuildStep = [](VariantKind) {
            if (qEnvironmentVariableIsSet("VITRINE_HOSTILE_BUILDS"))
                crash();
        };
        return *fakeEngine(script).make(script->info.id);
    }
};

} // namespace vitrine::test

#include "hostile_engine.moc"
