#include "core/probe/probe_request.h"

#include "core/base/literals.h"
#include "core/base/process_memory.h"
#include "core/base/tr.h"
#include "core/engine/result_key.h"
#include "core/host/fence.h"
#include "core/image/image_reader.h"
#include "core/image/preprocessor.h"
#include "core/model/variant_set.h"

namespace vitrine {

namespace {

Result<InputTensor> inputFor(const ProbeRequest& request, const Variant& variant)
{
    const auto preprocessing = Preprocessing::parse(request.preprocessing, variant.preprocessing);
    if (!preprocessing)
        return preprocessing.failure();
    if (request.image.isEmpty())
        return syntheticInput(*preprocessing);
    const auto image = readImage(request.image);
    if (!image)
        return image.failure();
    return preprocess(image->rgb, *preprocessing);
}

MachineStamp stampOf(const Engine& engine, const QString& quantizedEngine, int threads)
{
    MachineStamp stamp = MachineStamp::ofThisMachine();
    stamp.addEngine(engine.info().name, engine.version(), engine.blas());
    stamp.quantizedEngine = quantizedEngine;
    stamp.threads = threads;
    return stamp;
}

Result<Variant> variantOf(const ProbeRequest& request, const EngineRegistry& engines)
{
    const auto identity = identify(request.path);
    if (!identity)
        return identity.failure();
    auto variant = readVariant(*identity, request.deit);
    if (!variant)
        return variant;
    if (!request.engine.isEmpty())
        variant->engine = request.engine;
    engines.assign(*variant, identity->format);
    return variant;
}

} // namespace

QStringList ProbeRequest::toArguments() const
{
    QStringList arguments{u"probe"_s,  path,           u"--here"_s,
                          u"--json"_s, u"--threads"_s, QString::number(threads)};
    if (!image.isEmpty())
        arguments << u"--image"_s << image;
    if (!preprocessing.isEmpty())
        arguments << u"--preprocess"_s << preprocessing;
    if (deit.heads)
        arguments << u"--heads"_s << QString::number(*deit.heads);
    if (!deit.weights.isEmpty())
        arguments << u"--weights"_s << deit.weights;
    if (!engine.isEmpty())
        arguments << u"--engine"_s << engine;
    if (!quantizedEngine.isEmpty())
        arguments << u"--quant-engine"_s << quantizedEngine;
    if (memoryLimitBytes > 0)
        arguments << u"--memory-limit"_s << QString::number(memoryLimitBytes);
    if (fileOperators == FileOperators::Allowed)
        arguments << u"--allow-file-operators"_s;
    return arguments;
}

Result<ProbeReport> probeHere(const ProbeRequest& request, const EngineRegistry& engines,
                              const std::function<QStringList()>& fence)
{
    const auto variant = variantOf(request, engines);
    if (!variant)
        return variant.failure();
    if (const Status checked = checkBeforeRunning(variant->path, request.fileOperators); !checked)
        return checked.failure();
    const auto input = inputFor(request, *variant);
    if (!input)
        return input.failure();
    const auto engine = engines.make(variant->engine);
    if (!engine)
        return engine.failure();
    if (const Status limited = limitMemory(request.memoryLimitBytes); !limited)
        return limited.failure();
    (*engine)->setThreads(request.threads);
    const QString quantizedEngine =
        quantizedEngineFor(*variant, request.quantizedEngine, (*engine)->quantizedEngines());
    forgetResidentPeak(); // the fence would keep it from doing that
    const QStringList gaps = fence();
    auto run = runCold(**engine, *variant, quantizedEngine, *input);
    if (!run)
        return run.failure();
    run->notices += gaps;
    return ProbeReport{variant->path, variant->kind, quantizedEngine,
                       request.image, *run,          stampOf(**engine, quantizedEngine, request.threads)};
}

} // namespace vitrine
