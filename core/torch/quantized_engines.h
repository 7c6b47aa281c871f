#pragma once

#include "core/base/result.h"

#include <QString>
#include <QStringList>

#include <ATen/Context.h>

namespace vitrine::torch_engine {

/// This build's int8 engines, best one for an x86 or ARM CPU first.
QStringList availableQuantizedEngines();

/// The engine of that name; empty: the best one. An error names those that there are.
Result<at::QEngine> quantizedEngineFromName(const QString& name);
QString quantizedEngineName(at::QEngine engine);

/// Sets the engine under which weights are packed or loaded, for the life of this object. Packed
/// weights keep their engine afterwards.
class ScopedQuantizedEngine
{
public:
    explicit ScopedQuantizedEngine(at::QEngine engine);
    ~ScopedQuantizedEngine();
    ScopedQuantizedEngine(const ScopedQuantizedEngine&) = delete;
    ScopedQuantizedEngine& operator=(const ScopedQuantizedEngine&) = delete;

private:
    at::QEngine m_previous;
};

} // namespace vitrine::torch_engine
