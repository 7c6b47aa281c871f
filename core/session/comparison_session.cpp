#include "core/session/comparison_session.h"

#include "core/session/session_private.h"
#include "core/session/tasks/benchmark_task.h"
#include "core/session/tasks/calibrate_task.h"
#include "core/session/tasks/classify_task.h"
#include "core/session/tasks/describe_task.h"
#include "core/session/tasks/profile_task.h"

namespace vitrine {

ComparisonSession::ComparisonSession(EngineRegistry engines, ProbeSettings probe, QObject* parent)
    : QObject(parent), d(std::make_unique<Private>(*this, std::move(engines)))
{
    d->state.setProbe(std::move(probe));
}

ComparisonSession::~ComparisonSession() = default;

void ComparisonSession::addFiles(const QStringList& paths)
{
    d->addIntake(IntakeTask::What::Anything, paths);
}

void ComparisonSession::addImages(const QStringList& paths)
{
    d->addIntake(IntakeTask::What::Images, paths);
}

void ComparisonSession::addModels(const QStringList& paths)
{
    d->addIntake(IntakeTask::What::Models, paths);
}

void ComparisonSession::addVariantSet(const QString& folder)
{
    d->addIntake(IntakeTask::What::VariantSets, {folder});
}

quint64 ComparisonSession::buildVariants(const BuildRequest& request)
{
    return d->addBuild(request, {});
}

quint64 ComparisonSession::buildVariantsOnce(const BuildRequest& request, const QString& cacheFolder)
{
    return d->addBuild(request, cacheFolder);
}

bool ComparisonSession::cancelBuild(quint64 build)
{
    return d->queue.cancel(build);
}

bool ComparisonSession::isBuilding(quint64 build) const
{
    return d->queue.isRunning(build);
}

void ComparisonSession::describe(const QString& path)
{
    perform(Activity::Describing, [path](SessionState&) { return std::make_unique<DescribeTask>(path); });
}

void ComparisonSession::removeImage(const QString& id)
{
    d->edit([&](SessionState& state) { state.removeImage(id); }, true);
}

void ComparisonSession::removeVariant(const QString& id)
{
    d->edit([&](SessionState&) { d->removeVariant(id); }, true);
}

void ComparisonSession::clear()
{
    d->queue.abandon();
    d->edit(
        [this](SessionState& state) {
            for (const QString& id : state.imageIds())
                state.removeImage(id);
            for (const QString& id : state.variantIds())
                d->removeVariant(id);
            state.forgetResults();
        },
        true);
    d->hasNews = false;
}

void ComparisonSession::setVariantEnabled(const QString& id, bool enabled)
{
    const auto now = snapshot();
    const VariantResult* variant = now->variant(id);
    if (variant && variant->enabled != enabled)
        d->edit([&](SessionState& state) { state.setEnabled(id, enabled); }, true);
}

void ComparisonSession::setVariantInput(const QString& id, const Preprocessing& preprocessing,
                                        const Labels& labels)
{
    if (const Status valid = preprocessing.validate(); !valid) {
        Q_EMIT failed(valid.error());
        return;
    }
    d->edit([&](SessionState& state) { state.setInput(id, preprocessing, labels); }, true);
}

void ComparisonSession::setCurrentImage(const QString& id)
{
    if (id != d->state.currentImageId())
        d->edit([&](SessionState& state) { state.setCurrentImage(id); }, true);
}

void ComparisonSession::setBaseline(const QString& id)
{
    d->edit([&](SessionState& state) { state.setBaseline(id); }, true);
}

void ComparisonSession::setVariantEngines(const QString& id, const QStringList& engines)
{
    d->edit([&](SessionState& state) { state.setVariantEngines(id, engines); }, true);
}

void ComparisonSession::setRunSettings(const RunSettings& settings)
{
    if (settings != d->state.settings())
        d->edit([&](SessionState& state) { state.setSettings(settings); }, true);
}

void ComparisonSession::setPictureCacheLimit(qint64 bytes)
{
    d->pictures.setLimit(bytes);
}

void ComparisonSession::classify()
{
    perform(Activity::Classifying, ClassifyTask::make);
}

void ComparisonSession::setClassifiesNews(bool classifies)
{
    d->classifiesNews = classifies;
    d->classifyNews();
}

void ComparisonSession::benchmark(const BenchmarkPlan& plan)
{
    d->measure([plan](SessionState& state) { return BenchmarkTask::make(state, plan); });
}

void ComparisonSession::benchmarkAgainstItself(const BenchmarkPlan& plan)
{
    d->measure([plan](SessionState& state) { return BenchmarkTask::makeAgainstItself(state, plan); });
}

void ComparisonSession::sweepThreads(const BenchmarkPlan& plan, const std::vector<int>& threads)
{
    BenchmarkPlan roundsAlone = plan;
    roundsAlone.probe = false;
    d->edit([&](SessionState& state) { state.sweep().begin(threads); }, true);
    for (const int count : threads)
        d->measure([roundsAlone, count](SessionState& state) {
            return BenchmarkTask::makeSweepPoint(state, roundsAlone, count);
        });
}

void ComparisonSession::calibrateThreads(const std::vector<int>& threads)
{
    perform(Activity::Calibrating,
            [threads](SessionState& state) { return CalibrateTask::make(state, threads); });
}

void ComparisonSession::profile()
{
    perform(Activity::Profiling, ProfileTask::make);
}

void ComparisonSession::perform(Activity activity, TaskMaker make)
{
    d->add(activity, std::move(make));
}

void ComparisonSession::cancel()
{
    d->cancel();
}

bool ComparisonSession::isBusy() const
{
    return d->queue.isBusy();
}

std::optional<Activity> ComparisonSession::activity() const
{
    return d->queue.running();
}

bool ComparisonSession::isMeasuring() const
{
    return d->isMeasuring();
}

RunSettings ComparisonSession::runSettings() const
{
    return d->state.settings();
}

std::shared_ptr<const Comparison> ComparisonSession::snapshot() const
{
    return d->snapshot();
}

Result<std::shared_ptr<const SourceImage>> ComparisonSession::picture(const ImageSource& source) const
{
    return d->pictures.picture(source);
}

QStringList ComparisonSession::quantizedEngines() const
{
    return d->state.quantizedEngines();
}

} // namespace vitrine
