#pragma once

#include "core/engine/engine.h"

#include <functional>
#include <optional>
#include <vector>

namespace vitrine {

/// An engine that can be loaded. `make` takes a second (LibTorch) and the memory; called on the worker.
struct AvailableEngine
{
    EngineInfo info;
    std::function<Result<std::unique_ptr<Engine>>()> make;
};

/// The engines that there are. A value; what it tells loads none of them. Any thread, but for make().
class EngineRegistry
{
public:
    EngineRegistry() = default;
    /// `whyMissing`: what to say where an engine is needed that is not among these.
    explicit EngineRegistry(std::vector<AvailableEngine> engines, std::optional<Error> whyMissing = {});

    /// Those whose plugins, libvitrine_engine_*.so, lie in the first folder that has any: that of
    /// VITRINE_PLUGIN_DIR, or where a build or an installation has them. No plugin, or one that is broken, is
    /// an error of make().
    static EngineRegistry installed();

    const std::vector<AvailableEngine>& engines() const { return m_engines; }
    const AvailableEngine* find(const QString& id) const; ///< Null: there is none.
    /// The first that opens it; null: none does.
    const AvailableEngine* forFormat(FileFormat format) const;
    /// The first that builds variants from it; null: none does.
    const AvailableEngine* builderFrom(FileFormat format) const;

    /// Variant::engine, unless it is stated: the first that opens such a file, if there is one.
    void assign(Variant& variant, FileFormat format) const;
    /// The same of a variant of a set, whose format follows from its kind.
    void assign(Variant& variant) const { assign(variant, traitsOf(variant.kind).format); }

    /// Loads it. An empty id is that of a file that no engine opens.
    Result<std::unique_ptr<Engine>> make(const QString& id) const;

private:
    Error missing(const QString& id) const;

    std::vector<AvailableEngine> m_engines;
    std::optional<Error> m_whyMissing;
};

} // namespace vitrine
