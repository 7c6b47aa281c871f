#pragma once

#include "core/engine/engine.h"

#include <QtPlugin>

namespace vitrine {

/// The root object of an engine's plugin, libvitrine_engine_*.so. Its metadata (the FILE of
/// Q_PLUGIN_METADATA) is what engineInfoFromJson() reads, so that the library is only loaded to be used.
class EnginePlugin
{
public:
    virtual ~EnginePlugin() = default;
    /// `info`: what the metadata say.
    virtual std::unique_ptr<Engine> create(EngineInfo info) = 0;
};

} // namespace vitrine

#define VITRINE_ENGINE_PLUGIN_IID "vitrine.EnginePlugin/2"
Q_DECLARE_INTERFACE(vitrine::EnginePlugin, VITRINE_ENGINE_PLUGIN_IID)
