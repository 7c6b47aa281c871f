#pragma once

#include "core/checkpoint/script_contents.h"
#include "core/engine/engine_registry.h"

#include <QHash>

#include <map>

namespace vitrine {

/// The engines and the models in memory: one a variant. The worker's thread only.
class ModelStore
{
public:
    /// `ready` is called once for each engine, when it has been made.
    ModelStore(EngineRegistry registry, std::function<void(const Engine&)> ready);

    const EngineRegistry& registry() const { return m_registry; }
    /// Made when it is first asked for; asked again after a failure, it is tried again.
    Result<Engine*> engine(const QString& id);

    bool holds(const QString& variantId, const QString& quantizedEngine) const;
    /// Loads it under `quantizedEngine` unless it is held so already. A file that is damaged, or no image
    /// model, never reaches the engine.
    Result<LoadedModel*> model(const QString& variantId, const Variant& variant,
                               const QString& quantizedEngine, FileOperators fileOperators);
    void unload(const QString& variantId);

private:
    struct Entry
    {
        QString quantizedEngine;
        std::unique_ptr<LoadedModel> model;
    };

    EngineRegistry m_registry;
    std::function<void(const Engine&)> m_ready;
    std::map<QString, std::unique_ptr<Engine>> m_engines; ///< By id.
    std::map<QString, Entry> m_models;                    ///< Go before the engines.
};

} // namespace vitrine
