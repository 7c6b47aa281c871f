#include "core/torch/quantized_engines.h"

#include "core/base/literals.h"
#include "core/base/tr.h"

#include <algorithm>
#include <array>
#include <utility>

namespace vitrine::torch_engine {

namespace {

struct NamedEngine
{
    at::QEngine engine;
    const char* name;
};

/// Best first. qnnpack's x86 code is SSE2 and 2-2.5 times slower than fp32 there; on ARM it is the one.
constexpr std::array preference
{
#if defined(__aarch64__) || defined(__arm__)
    NamedEngine{at::QEngine::QNNPACK, "qnnpack"}, NamedEngine{at::QEngine::ONEDNN, "onednn"},
        NamedEngine{at::QEngine::X86, "x86"}, NamedEngine{at::QEngine::FBGEMM, "fbgemm"},
#else
    NamedEngine{at::QEngine::X86, "x86"}, NamedEngine{at::QEngine::FBGEMM, "fbgemm"},
        NamedEngine{at::QEngine::ONEDNN, "onednn"}, NamedEngine{at::QEngine::QNNPACK, "qnnpack"},
#endif
};

bool isAvailable(at::QEngine engine)
{
    const auto& supported = at::Context::supportedQEngines();
    return std::find(supported.begin(), supported.end(), engine) != supported.end();
}

} // namespace

QStringList availableQuantizedEngines()
{
    QStringList names;
    for (const NamedEngine& candidate : preference)
        if (isAvailable(candidate.engine))
            names << QString::fromLatin1(candidate.name);
    return names;
}

Result<at::QEngine> quantizedEngineFromName(const QString& name)
{
    const QStringList available = availableQuantizedEngines();
    if (available.isEmpty())
        return Error{
            ErrorKind::Unsupported, tr("This LibTorch has no quantized engine: int8 cannot run."), {}};
    const QString wanted = name.isEmpty() ? available.first() : name;
    for (const NamedEngine& candidate : preference)
        if (wanted == QLatin1String(candidate.name) && isAvailable(candidate.engine))
            return candidate.engine;
    return Error{
        ErrorKind::Usage,
        tr("This LibTorch has no quantized engine \"%1\"; it has: %2.").arg(wanted, available.join(u", "_s)),
        {}};
}

QString quantizedEngineName(at::QEngine engine)
{
    for (const NamedEngine& candidate : preference)
        if (candidate.engine == engine)
            return QString::fromLatin1(candidate.name);
    return {};
}

ScopedQuantizedEngine::ScopedQuantizedEngine(at::QEngine engine) : m_previous(at::globalContext().qEngine())
{
    at::globalContext().setQEngine(engine);
}

ScopedQuantizedEngine::~ScopedQuantizedEngine()
{
    at::globalContext().setQEngine(m_previous);
}

} // namespace vitrine::torch_engine
