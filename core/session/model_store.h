#pragma once

#include "core/engine/engine_backend.h"

#include <QHash>

#include <map>

namespace vitrine {

/// The backend and the models in memory: one a variant. The worker's thread only.
class ModelStore
{
public:
    /// `ready` is called once, when the backend has been made.
    ModelStore(BackendFactory factory, std::function<void(const EngineBackend&)> ready);

    /// Made when it is first asked for; asked again after a failure, it is tried again.
    Result<EngineBackend*> backend();

    bool holds(const QString& variantId, const QString& engine) const;
    /// Loads it under `engine` unless it is held so already.
    Result<LoadedModel*> model(const QString& variantId, const Variant& variant, const QString& engine);
    void unload(const QString& variantId);

private:
    struct Entry
    {
        QString engine;
        std::unique_ptr<LoadedModel> model;
    };

    BackendFactory m_factory;
    std::function<void(const EngineBackend&)> m_ready;
    std::unique_ptr<EngineBackend> m_backend;
    std::map<QString, Entry> m_models; ///< Goes before the backend.
};

} // namespace vitrine
