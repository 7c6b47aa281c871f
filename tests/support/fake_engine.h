#pragma once

#include "core/base/literals.h"
#include "core/engine/engine_registry.h"

#include <QHash>
#include <QSet>

#include <atomic>
#include <chrono>
#include <memory>

namespace vitrine::test {

/// "fake": opens and builds everything.
EngineInfo fakeInfo();

/// What a FakeEngine does; shared with the test, which may read the counters at any time.
/// Set the rest before the session uses it.
struct FakeScript
{
    EngineInfo info = fakeInfo();
    QString version = u"1.0"_s;
    QString blas = u"none"_s;
    QStringList engines{u"fake-int8"_s, u"slow-int8"_s};
    /// By Variant::name; others answer with logits that favour class 1.
    QHash<QString, std::vector<float>> logits;
    QHash<QString, QStringList> notices; ///< By Variant::name.
    /// By Variant::name; these answer with the first three numbers of their input, and then halve it.
    QSet<QString> spoilers;
    QHash<QString, Error> loadErrors;                 ///< By Variant::name.
    QHash<QString, Error> forwardErrors;              ///< By Variant::name.
    QHash<QString, std::chrono::microseconds> delays; ///< By Variant::name; of one forward.
    QHash<QString, OperatorProfile> operators;        ///< By Variant::name.
    std::optional<Error> engineError;                 ///< The engine itself does not load.
    std::optional<VariantKind> failingBuildStep;

    // Called on the worker, before the fake does its part; may block, or ask something to stop.
    std::function<void(const Variant&, const QString& quantizedEngine)> onLoad = [](const auto&,
                                                                                    const auto&) {};
    std::function<void(const QString& name)> onForward = [](const QString&) {};
    std::function<void(VariantKind)> onBuildStep = [](VariantKind) {};

    std::atomic<int> enginesMade = 0; ///< Made.
    std::atomic<int> loads = 0;
    std::atomic<int> forwards = 0;
    std::atomic<int> profiles = 0; ///< Each is a forward too.
    std::atomic<int> builds = 0;   ///< Steps written.
    std::atomic<int> models = 0;   ///< In memory now.
    std::atomic<int> threads = 0;  ///< Set last.
    /// A model was run or destroyed on another thread than the one that loaded it.
    std::atomic<bool> threadRuleBroken = false;
};

using FakeScripts = std::vector<std::shared_ptr<FakeScript>>;

/// Engines without a library. VariantBuilder writes small text files.
EngineRegistry fakeEngines(const FakeScripts& scripts);
EngineRegistry fakeEngine(const std::shared_ptr<FakeScript>& script);

/// Two engines that share the formats: "second" opens lite files and builds nothing, "fake" the rest.
FakeScripts twoFakeScripts();

} // namespace vitrine::test
