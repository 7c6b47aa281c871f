#pragma once

#include "core/engine/engine_plugin.h"

#include <QObject>

namespace vitrine::torch_engine {

class TorchPlugin : public QObject, public EnginePlugin
{
    Q_OBJECT
    Q_PLUGIN_METADATA(IID VITRINE_ENGINE_PLUGIN_IID FILE "engine.json")
    Q_INTERFACES(vitrine::EnginePlugin)

public:
    std::unique_ptr<Engine> create(EngineInfo info) override;
};

} // namespace vitrine::torch_engine
