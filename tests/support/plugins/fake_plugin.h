#pragma once

#include "core/engine/engine_plugin.h"
#include "tests/support/fake_engine.h"

#include <QObject>

#include <cstdio>
#include <unistd.h>

namespace vitrine::test {

/// A fake engine for a plugin; every forward of it takes this long, prints a line on standard output, and
/// never ends for the variant that VITRINE_FAKE_HANGS names.
inline std::unique_ptr<Engine> fakeEngineOf(EngineInfo info, const QString& version,
                                            std::chrono::microseconds delay)
{
    auto script = std::make_shared<FakeScript>();
    script->info = std::move(info);
    script->version = version;
    for (const VariantKind kind : allKinds())
        script->delays.insert(kindName(kind), delay);
    script->onForward = [](const QString& name) {
        std::puts("the model prints");
        std::fflush(stdout);
        while (name == qEnvironmentVariable("VITRINE_FAKE_HANGS"))
            pause();
    };
    return *fakeEngine(script).make(script->info.id);
}

} // namespace vitrine::test
