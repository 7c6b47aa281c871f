#include "core/session/model_store.h"

#include "core/base/literals.h"
#include "core/base/process_memory.h"
#include "core/base/tr.h"
#include "core/engine/result_key.h"
#include "core/model/variant_set.h"

namespace vitrine {

ModelStore::ModelStore(EngineRegistry registry, std::function<void(const Engine&)> ready)
    : m_registry(std::move(registry)), m_ready(std::move(ready))
{
}

Result<Engine*> ModelStore::engine(const QString& id)
{
    if (const auto found = m_engines.find(id); found != m_engines.end())
        return found->second.get();
    auto made = m_registry.make(id);
    if (!made)
        return made.failure();
    Engine* engine = m_engines.emplace(id, *std::move(made)).first->second.get();
    keepFreedMemory();
    m_ready(*engine);
    return engine;
}

void ModelStore::setHost(const HostSettings& settings)
{
    m_hostSettings = settings;
    begin({}, {});
}

void ModelStore::begin(const std::vector<const Variant*>& variants, std::stop_token stop)
{
    std::vector<QByteArray> programs;
    for (const Variant* variant : variants)
        if (traitsOf(variant->kind).format != FileFormat::Safetensors)
            programs.push_back(variant->sha256);
    const bool isHosted = m_hostSettings.isOn() && !programs.empty() && !m_remembered.areBuiltHere(programs);
    if (isHosted != (m_host != nullptr)) {
        m_models.clear();
        m_hosted.clear();
        m_host = isHosted ? std::make_unique<HostProcess>(m_hostSettings) : nullptr;
    }
    std::erase_if(m_models, [this](const auto& entry) { return m_lost.contains(entry.second.sha256); });
    m_lost.clear();
    if (m_host)
        m_host->setStop(std::move(stop));
}

void ModelStore::beginBuild(const FileIdentity& source, std::stop_token stop)
{
    Variant script;
    if (source.isCheckpoint())
        return begin({}, std::move(stop));
    begin({&script}, std::move(stop));
}

QString ModelStore::process() const
{
    return m_host ? u"host"_s : u"own"_s;
}

Result<Engine*> ModelStore::runner(const QString& id)
{
    return m_host ? hosted(id) : engine(id);
}

Result<Engine*> ModelStore::hosted(const QString& id)
{
    if (const auto found = m_hosted.find(id); found != m_hosted.end())
        return found->second.get();
    const AvailableEngine* available = m_registry.find(id);
    if (!available)
        return m_registry.make(id).failure();
    auto made =
        HostedEngine::make(available->info, *m_host, [this](const Variant& variant, const Error& error) {
            keepFatality(variant, error);
        });
    if (!made)
        return made.failure();
    Engine* engine = m_hosted.emplace(id, *std::move(made)).first->second.get();
    m_ready(*engine);
    return engine;
}

Status ModelStore::checkFatality(const Variant& variant, const QString& engineVersion) const
{
    auto known = m_host ? m_remembered.fatality(variant.sha256, variant.engine, engineVersion) : std::nullopt;
    if (!known)
        return Done{};
    known->message +=
        tr(" That is remembered from an earlier time; it was not tried again (Try again in its menu, or "
           "--try-again).");
    return *std::move(known);
}

/// A lack of memory may have been the machine's, and a limit the user's.
void ModelStore::keepFatality(const Variant& variant, const Error& error)
{
    m_lost.insert(variant.sha256, error);
    const auto engine = m_hosted.find(variant.engine);
    const bool isLimit = m_hostSettings.memoryLimitBytes > 0 ||
                         (m_host->wasTooSlow() && m_hostSettings.callLimit < HostSettings().callLimit);
    if (error.kind == ErrorKind::Engine && !isLimit && engine != m_hosted.end())
        m_remembered.rememberFatality(variant.sha256, variant.engine, engine->second->version(), error);
}

bool ModelStore::holds(const QString& variantId, const QString& quantizedEngine) const
{
    const auto found = m_models.find(variantId);
    return found != m_models.end() && found->second.quantizedEngine == quantizedEngine;
}

Result<LoadedModel*> ModelStore::model(const RunSubject& subject, const QString& quantizedEngine,
                                       FileOperators fileOperators)
{
    const QByteArray& sha256 = subject.variant.sha256;
    if (const auto lost = m_lost.constFind(sha256); lost != m_lost.constEnd())
        return *lost;
    if (!holds(subject.id, quantizedEngine)) {
        auto loaded = load(subject, quantizedEngine, fileOperators);
        if (!loaded)
            return loaded.failure();
        m_models.insert_or_assign(subject.id, Entry{quantizedEngine, sha256, *std::move(loaded)});
    }
    LoadedModel* model = m_models.at(subject.id).model.get();
    model->stopWith(subject.withdrawn);
    return model;
}

Result<std::unique_ptr<LoadedModel>>
ModelStore::load(const RunSubject& subject, const QString& quantizedEngine, FileOperators fileOperators)
{
    const Variant& variant = subject.variant;
    const auto maker = runner(variant.engine);
    if (!maker)
        return maker.failure();
    if (const Status fine = checkFatality(variant, (*maker)->version()); !fine)
        return fine.failure();
    const QStringList available = (*maker)->quantizedEngines();
    if (!quantizedEngine.isEmpty() && !available.contains(quantizedEngine))
        return noQuantizedEngine(quantizedEngine, available);
    unload(subject.id);
    if (const Status same = checkUnchanged(variant, subject.withdrawn); !same)
        return same.failure();
    if (const Status checked = checkBeforeRunning(variant.path, fileOperators); !checked)
        return checked.failure();
    (*maker)->stopLoadingWith(subject.withdrawn);
    return (*maker)->load(variant, quantizedEngine);
}

void ModelStore::unload(const QString& variantId)
{
    if (m_models.erase(variantId) > 0)
        giveBackFreedMemory();
}

} // namespace vitrine
