#include "core/session/model_store.h"

#include "core/base/literals.h"
#include "core/base/tr.h"
#include "core/measure/memory_reuse.h"

namespace vitrine {

ModelStore::ModelStore(BackendFactory factory, std::function<void(const EngineBackend&)> ready)
    : m_factory(std::move(factory)), m_ready(std::move(ready))
{
}

Result<EngineBackend*> ModelStore::backend()
{
    if (!m_backend) {
        auto made = m_factory();
        if (!made)
            return made.failure();
        m_backend = *std::move(made);
        keepFreedMemory();
        m_ready(*m_backend);
    }
    return m_backend.get();
}

bool ModelStore::holds(const QString& variantId, const QString& engine) const
{
    const auto found = m_models.find(variantId);
    return found != m_models.end() && found->second.engine == engine;
}

Result<LoadedModel*> ModelStore::model(const QString& variantId, const Variant& variant,
                                       const QString& engine)
{
    if (holds(variantId, engine))
        return m_models.at(variantId).model.get();
    const auto maker = backend();
    if (!maker)
        return maker.failure();
    const QStringList engines = (*maker)->quantizedEngines();
    if (!engine.isEmpty() && !engines.contains(engine))
        return Error{
            ErrorKind::Usage,
            tr("There is no quantized engine \"%1\" here; there is %2.").arg(engine, engines.join(u", "_s)),
            {}};
    unload(variantId);
    auto loaded = (*maker)->load(variant, {engine, {}});
    if (!loaded)
        return loaded.failure();
    return m_models.emplace(variantId, Entry{engine, *std::move(loaded)}).first->second.model.get();
}

void ModelStore::unload(const QString& variantId)
{
    if (m_models.erase(variantId) > 0)
        giveBackFreedMemory();
}

} // namespace vitrine
