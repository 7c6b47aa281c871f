#include "core/session/comparison_session.h"

#include "core/session/session_private.h"

#include <QFileInfo>

namespace vitrine {

namespace {

/// What makes a job that needs nothing but what it was asked with.
std::function<JobWork()> asAsked(JobWork work)
{
    return [work = std::move(work)] { return work; };
}

} // namespace

ComparisonSession::ComparisonSession(EngineRegistry engines, ProbeSettings probe, QObject* parent)
    : QObject(parent), d(std::make_unique<Private>(*this, std::move(engines)))
{
    d->state.setProbe(std::move(probe));
}

ComparisonSession::~ComparisonSession() = default;

void ComparisonSession::addFiles(const QStringList& paths)
{
    d->queue.add(asAsked(AddJob{AddJob::What::Anything, paths}));
}

void ComparisonSession::addImages(const QStringList& paths)
{
    d->queue.add(asAsked(AddJob{AddJob::What::Images, paths}));
}

void ComparisonSession::addModels(const QStringList& paths)
{
    d->queue.add(asAsked(AddJob{AddJob::What::Models, paths}));
}

void ComparisonSession::addVariantSet(const QString& folder)
{
    d->queue.add(asAsked(AddJob{AddJob::What::VariantSets, {folder}}));
}

void ComparisonSession::buildVariants(const BuildRequest& request)
{
    BuildRequest absolute = request;
    absolute.source = QFileInfo(request.source).absoluteFilePath();
    d->lastBuild = d->queue.add(asAsked(BuildJob{absolute, {}}));
}

bool ComparisonSession::cancelBuild()
{
    return d->queue.cancel(d->lastBuild);
}

bool ComparisonSession::isBuilding() const
{
    return d->queue.isRunning(d->lastBuild);
}

void ComparisonSession::buildVariantsOnce(const BuildRequest& request, const QString& cacheFolder)
{
    BuildRequest absolute = request;
    absolute.source = QFileInfo(request.source).absoluteFilePath();
    d->queue.add(asAsked(BuildJob{absolute, cacheFolder}));
}

void ComparisonSession::describe(const QString& path)
{
    d->queue.add(asAsked(DescribeJob{path}));
}

void ComparisonSession::removeImage(const QString& id)
{
    d->removeImage(id);
}

void ComparisonSession::removeVariant(const QString& id)
{
    d->removeVariant(id);
}

void ComparisonSession::clear()
{
    d->queue.abandon();
    const QStringList images = d->state.imageIds();
    for (auto id = images.crbegin(); id != images.crend(); ++id)
        d->removeImage(*id);
    for (const QString& id : d->state.variantIds())
        d->removeVariant(id);
    d->state.forgetResults();
}

void ComparisonSession::setVariantEnabled(const QString& id, bool enabled)
{
    const VariantResult* variant = d->state.variant(id);
    if (variant && variant->enabled != enabled)
        d->changeVariant(id, [=](VariantResult& result) { result.enabled = enabled; });
}

void ComparisonSession::setVariantInput(const QString& id, const Preprocessing& preprocessing,
                                        const Labels& labels)
{
    if (const Status valid = preprocessing.validate(); !valid) {
        Q_EMIT failed(valid.error());
        return;
    }
    d->changeVariant(id, [&](VariantResult&) { d->state.setInput(id, preprocessing, labels); });
}

void ComparisonSession::setCurrentImage(const QString& id)
{
    if (d->state.setCurrentImage(id))
        Q_EMIT currentImageChanged(id);
}

void ComparisonSession::setBaseline(const QString& id)
{
    if (!d->state.setBaseline(id))
        return;
    for (const QString& variant : d->state.variantIds())
        Q_EMIT variantChanged(variant);
}

void ComparisonSession::setVariantEngines(const QString& id, const QStringList& engines)
{
    const QStringList added = d->state.setVariantEngines(id, engines);
    Q_EMIT variantChanged(id);
    for (const QString& copy : added)
        Q_EMIT variantAdded(copy);
}

void ComparisonSession::setRunSettings(const RunSettings& settings)
{
    if (settings == d->state.settings())
        return;
    d->state.setSettings(settings);
    for (const QString& id : d->state.variantIds())
        Q_EMIT variantChanged(id);
}

void ComparisonSession::classify()
{
    d->queue.add([this] { return d->state.classifyJob(); });
}

void ComparisonSession::benchmark(const BenchmarkPlan& plan)
{
    d->queue.add([this, plan] { return d->benchmarkWork(plan, LatencyLog::Kind::Variants); });
}

void ComparisonSession::benchmarkAgainstItself(const BenchmarkPlan& plan)
{
    d->queue.add([this, plan] { return d->benchmarkWork(plan, LatencyLog::Kind::AgainstItself); });
}

void ComparisonSession::sweepThreads(const BenchmarkPlan& plan, const std::vector<int>& threads)
{
    BenchmarkPlan roundsAlone = plan;
    roundsAlone.probe = false;
    d->state.sweep().begin(threads);
    for (const int count : threads)
        d->queue.add([this, roundsAlone, count] { return d->sweepWork(roundsAlone, count); });
}

void ComparisonSession::calibrateThreads(const std::vector<int>& threads)
{
    d->queue.add([this, threads] { return d->calibrationWork(threads); });
}

void ComparisonSession::profile()
{
    d->queue.add([this] { return d->profileWork(); });
}

void ComparisonSession::cancel()
{
    d->state.sweep().cancel();
    d->queue.cancel();
}

bool ComparisonSession::isBusy() const
{
    return d->queue.isBusy();
}

RunSettings ComparisonSession::runSettings() const
{
    return d->state.settings();
}

Comparison ComparisonSession::snapshot() const
{
    return d->state.snapshot();
}

std::shared_ptr<const SourceImage> ComparisonSession::image(const QString& id) const
{
    return d->state.image(id);
}

QStringList ComparisonSession::quantizedEngines() const
{
    return d->state.quantizedEngines();
}

} // namespace vitrine
