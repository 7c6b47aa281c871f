#pragma once

#include "core/engine/engine_registry.h"
#include "core/engine/own_input.h"

#include <QCborMap>

#include <map>
#include <optional>

namespace vitrine {

/// What the hosting process does with requests: the other end of HostedEngine. The thread that made it.
///
/// - engine: {engine} gives {version, blas, quantizedEngines, gaps}
/// - threads: {engine, threads}
/// - load: {model, engine, variant, quantizedEngine}
/// - input: {model, input, channels, height, width, values}; the model's one before is forgotten
/// - forward: {model, input} gives {scores, took, notices}
/// - profile: {model, input} gives {operators, outside, wall}
/// - unload: {model}
/// - build: {builder, engine, path, quantizedEngine}, from a script
/// - write: {builder, kind} gives {part}..., then {madeBy}
///
/// `do` says which it is. Engines are named by id; models, inputs and builders by numbers that are never used
/// again. Durations are in nanoseconds. In place of a result stands {error, kind, detail}.
class HostServer
{
public:
    /// `gaps`: what this process could not be fenced in by.
    /// `send`: where parts of a reply go before the rest; false: nowhere any more.
    /// `limit`: limits this process' memory, when its first engine is loaded.
    explicit HostServer(
        EngineRegistry engines, QStringList gaps = {},
        std::function<bool(const QCborMap&)> send = [](const QCborMap&) { return true; },
        std::function<Status()> limit = [] { return Done{}; })
        : m_registry(std::move(engines)), m_gaps(std::move(gaps)), m_send(std::move(send)),
          m_limit(std::move(limit))
    {
    }

    QCborMap answer(const QCborMap& request);

private:
    struct Entry
    {
        std::unique_ptr<LoadedModel> model;
        qint64 inputId = 0;
        std::optional<OwnInput> input;
    };
    using Reply = Result<QCborMap>;

    Reply perform(const QCborMap& request);
    Reply performOnEngine(const QString& what, const QCborMap& request, Engine& engine);
    Reply performOnModel(const QString& what, const QCborMap& request);
    Reply engineFacts(const QString& id);
    Reply build(const QCborMap& request, Engine& engine);
    Reply write(const QCborMap& request);
    Reply load(const QCborMap& request, Engine& engine);
    Reply takeInput(const QCborMap& request, Entry& entry);
    static Reply forward(Entry& entry);
    static Reply profile(Entry& entry);
    Result<Engine*> engine(const QString& id);

    EngineRegistry m_registry;
    QStringList m_gaps;
    std::function<bool(const QCborMap&)> m_send;
    std::function<Status()> m_limit;
    std::map<QString, std::unique_ptr<Engine>> m_engines;
    std::map<qint64, Entry> m_models; ///< Go before the engines.
    std::map<qint64, std::unique_ptr<VariantBuilder>> m_builders;
};

/// Enters the fence, and serves requests on standard input until it ends. `replies`: the descriptor that they
/// go to, which is not to be where models print. `memoryLimitBytes`: see limitMemory(). Gives an exit status.
int serveHost(const EngineRegistry& engines, int replies, qint64 memoryLimitBytes);

} // namespace vitrine
