#include "core/session/model_store.h"

#include "core/engine/result_key.h"
#include "core/measure/process_memory.h"

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

bool ModelStore::holds(const QString& variantId, const QString& quantizedEngine) const
{
    const auto found = m_models.find(variantId);
    return found != m_models.end() && found->second.quantizedEngine == quantizedEngine;
}

Result<LoadedModel*> ModelStore::model(const QString& variantId, const Variant& variant,
                                       const QString& quantizedEngine, FileOperators fileOperators)
{
    if (holds(variantId, quantizedEngine))
        return m_models.at(variantId).model.get();
    const auto maker = engine(variant.engine);
    if (!maker)
        return maker.failure();
    const QStringList available = (*maker)->quantizedEngines();
    if (!quantizedEngine.isEmpty() && !available.contains(quantizedEngine))
        return noQuantizedEngine(quantizedEngine, available);
    unload(variantId);
    if (const Status checked = checkBeforeRunning(variant.path, fileOperators); !checked)
        return checked.failure();
    auto loaded = (*maker)->load(variant, quantizedEngine);
    if (!loaded)
        return loaded.failure();
    return m_models.emplace(variantId, Entry{quantizedEngine, *std::move(loaded)}).first->second.model.get();
}

void ModelStore::unload(const QString& variantId)
{
    if (m_models.erase(variantId) > 0)
        giveBackFreedMemory();
}

} // namespace vitrine
