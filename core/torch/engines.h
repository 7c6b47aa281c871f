#pragma once

#include "core/base/result.h"

#include <QString>
#include <QStringList>

#include <ATen/Context.h>

namespace vitrine::torch_backend {

/// This build's int8 engines, best one for an x86 or ARM CPU first.
QStringList availableEngines();

/// The engine of that name; empty: the best one. An error names those that there are.
Result<at::QEngine> engineFromName(const QString& name);
QString engineName(at::QEngine engine);

/// Sets the engine under which weights are packed or loaded, for the life of this object. Packed
/// weights keep their engine afterwards.
class ScopedEngine
{
public:
    explicit ScopedEngine(at::QEngine engine);
    ~ScopedEngine();
    ScopedEngine(const ScopedEngine&) = delete;
    ScopedEngine& operator=(const ScopedEngine&) = delete;

private:
    at::QEngine m_previous;
};

} // namespace vitrine::torch_backend
