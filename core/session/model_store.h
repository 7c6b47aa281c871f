#pragma once

#include "core/checkpoint/script_contents.h"
#include "core/engine/engine_registry.h"
#include "core/host/hosted_engine.h"
#include "core/host/remembered_files.h"
#include "core/session/run_request.h"

#include <QHash>

#include <map>

namespace vitrine {

/// The engines and the models in memory: one a variant. What Vitrine built runs in this process. Where a
/// foreign file takes part, all run in the hosting process, so that all are measured alike. The worker's
/// thread only.
class ModelStore
{
public:
    /// `ready` is called when an engine has been made, here or in the hosting process.
    ModelStore(EngineRegistry registry, std::function<void(const Engine&)> ready);

    const EngineRegistry& registry() const { return m_registry; }
    /// In this process. Made when it is first asked for; asked again after a failure, it is tried again.
    Result<Engine*> engine(const QString& id);

    void setHost(const HostSettings& settings);
    /// What is loaded from now on is loaded where these are to run: models that are elsewhere are forgotten.
    /// `stop` ends what the hosting process is doing.
    void begin(const std::vector<const Variant*>& variants, std::stop_token stop);
    /// The same for building from this file.
    void beginBuild(const FileIdentity& source, std::stop_token stop);
    /// The same engine where begin() said.
    Result<Engine*> runner(const QString& id);

    const HostSettings& hostSettings() const { return m_hostSettings; }
    /// Where models run since begin(), as MachineStamp::process has it.
    QString process() const;

    bool holds(const QString& variantId, const QString& quantizedEngine) const;
    /// Loads it under `quantizedEngine` unless it is held so already. A file that is damaged, or no image
    /// model, never reaches the engine. Cancelled: it was withdrawn meanwhile.
    Result<LoadedModel*> model(const RunSubject& subject, const QString& quantizedEngine,
                               FileOperators fileOperators);
    void unload(const QString& variantId);

private:
    struct Entry
    {
        QString quantizedEngine;
        QByteArray sha256; ///< Variant::sha256
        std::unique_ptr<LoadedModel> model;
    };

    Result<Engine*> hosted(const QString& id);
    Result<std::unique_ptr<LoadedModel>> load(const RunSubject& subject, const QString& quantizedEngine,
                                              FileOperators fileOperators);
    Status checkFatality(const Variant& variant, const QString& engineVersion) const;
    void keepFatality(const Variant& variant, const Error& error);

    EngineRegistry m_registry;
    std::function<void(const Engine&)> m_ready;
    RememberedFiles m_remembered;
    HostSettings m_hostSettings;
    std::unique_ptr<HostProcess> m_host; ///< Null: all runs in this process.
    QHash<QByteArray, Error> m_lost; ///< What ended the hosting process since begin(), by the file's SHA-256.
    std::map<QString, std::unique_ptr<Engine>> m_engines; ///< By id.
    std::map<QString, std::unique_ptr<HostedEngine>> m_hosted;
    std::map<QString, Entry> m_models; ///< Go before the engines.
};

} // namespace vitrine
