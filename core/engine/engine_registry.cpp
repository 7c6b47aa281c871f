#include "core/engine/engine_registry.h"

#include "core/base/literals.h"
#include "core/base/tr.h"

#include <algorithm>

namespace vitrine {

namespace {

template <typename Predicate>
const AvailableEngine* first(const std::vector<AvailableEngine>& engines, Predicate fits)
{
    const auto found = std::ranges::find_if(engines, fits, &AvailableEngine::info);
    return found == engines.end() ? nullptr : &*found;
}

} // namespace

EngineRegistry::EngineRegistry(std::vector<AvailableEngine> engines, std::optional<Error> whyMissing)
    : m_engines(std::move(engines)), m_whyMissing(std::move(whyMissing))
{
}

const AvailableEngine* EngineRegistry::find(const QString& id) const
{
    return first(m_engines, [&](const EngineInfo& info) { return info.id == id; });
}

const AvailableEngine* EngineRegistry::forFormat(FileFormat format) const
{
    return first(m_engines, [&](const EngineInfo& info) { return info.opensFormat(format); });
}

const AvailableEngine* EngineRegistry::builderFrom(FileFormat format) const
{
    return first(m_engines,
                 [&](const EngineInfo& info) { return info.opensFormat(format) && !info.builds.empty(); });
}

void EngineRegistry::assign(Variant& variant, FileFormat format) const
{
    if (!variant.engine.isEmpty())
        return;
    if (const AvailableEngine* engine = forFormat(format))
        variant.engine = engine->info.id;
}

Result<std::unique_ptr<Engine>> EngineRegistry::make(const QString& id) const
{
    const AvailableEngine* engine = find(id);
    if (!engine)
        return missing(id);
    return engine->make();
}

Error EngineRegistry::missing(const QString& id) const
{
    if (m_whyMissing)
        return *m_whyMissing;
    QStringList ids;
    for (const AvailableEngine& engine : m_engines)
        ids << engine.info.id;
    const QString those = ids.isEmpty() ? tr("none") : ids.join(u", "_s);
    if (id.isEmpty())
        return {
            ErrorKind::Unsupported, tr("No inference engine opens this file. There is: %1.").arg(those), {}};
    return {ErrorKind::NotFound,
            tr("There is no inference engine \"%1\" here; there is: %2. Install its plugin, or name its "
               "folder in VITRINE_PLUGIN_DIR.")
                .arg(id, those),
            {}};
}

} // namespace vitrine
