#pragma once

#include "core/engine/engine_plugin.h"
#include "tests/support/fake_engine.h"

#include <QObject>

namespace vitrine::test {

/// A fake engine for a plugin; every forward of it takes this long.
inline std::unique_ptr<Engine> fakeEngineOf(EngineInfo info, const QString& version,
                                            std::chrono::microseconds delay)
{
    auto script = std::make_shared<FakeScript>();
    script->info = std::move(info);
    script->version = version;
    for (const VariantKind kind : allKinds())
        script->delays.insert(kindName(kind), delay);
    return *fakeEngine(script).make(script->info.id);
}

} // namespace vitrine::test
