#pragma once

#include "core/engine/engine_backend.h"

#include <QtPlugin>

namespace vitrine {

/// The root object of a backend plugin.
class EnginePlugin
{
public:
    virtual ~EnginePlugin() = default;
    virtual std::unique_ptr<EngineBackend> create() = 0;
};

/// Opens `libvitrine_torch.so` from the folders where a build or an installation has it, or from
/// VITRINE_PLUGIN_DIR. The error says which folders were searched.
Result<std::unique_ptr<EngineBackend>> loadTorchBackend();

} // namespace vitrine

#define VITRINE_ENGINE_PLUGIN_IID "vitrine.EnginePlugin/1"
Q_DECLARE_INTERFACE(vitrine::EnginePlugin, VITRINE_ENGINE_PLUGIN_IID)
