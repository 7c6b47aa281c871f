#pragma once

#include "core/engine/engine_registry.h"

#include <QCborMap>

#include <map>

namespace vitrine {

/// What the hosting process does with requests: the other end of HostedEngine. The thread that made it.
///
///     {do: "engine", engine}                  -> {version, blas, quantizedEngines, gaps}
///     {do: "threads", engine, threads}        -> {}
///     {do: "load", model, engine, variant, quantizedEngine} -> {}
///     {do: "input", model, input, channels, height, width, values} -> {}; the model's one before is
///     forgotten {do: "forward", model, input}           -> {scores, took} {do: "profile", model, input} ->
///     {operators, outside, wall} {do: "unload", model}                   -> {}
///
/// Engines are named by id, models and inputs by numbers that are never used again. Durations are in
/// nanoseconds. In place of a result stands {error, kind, detail}.
class HostServer
{
public:
    /// `gaps`: what this process could not be fenced in by.
    explicit HostServer(EngineRegistry engines, QStringList gaps = {})
        : m_registry(std::move(engines)), m_gaps(std::move(gaps))
    {
    }

    QCborMap answer(const QCborMap& request);

private:
    struct Entry
    {
        std::unique_ptr<LoadedModel> model;
        qint64 inputId = 0;
        InputTensor input;
    };
    using Reply = Result<QCborMap>;

    Reply perform(const QCborMap& request);
    Reply engineFacts(const QString& id);
    Reply load(const QCborMap& request, Engine& engine);
    Reply takeInput(const QCborMap& request, Entry& entry);
    static Reply forward(Entry& entry);
    static Reply profile(Entry& entry);
    Result<Engine*> engine(const QString& id);

    EngineRegistry m_registry;
    QStringList m_gaps;
    std::map<QString, std::unique_ptr<Engine>> m_engines;
    std::map<qint64, Entry> m_models; ///< Go before the engines.
};

/// Serves requests on standard input until it ends; replies go where standard output went, which is standard
/// error from then on: a model that prints does not get into them. Gives an exit status.
int serveHost(const EngineRegistry& engines, const QStringList& gaps);

} // namespace vitrine
