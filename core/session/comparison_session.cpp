#include "core/session/comparison_session.h"

#include "core/host/remembered_files.h"
#include "core/session/session_private.h"
#include "core/session/tasks/tasks.h"

#include <QFileInfo>

#include <utility>

namespace vitrine {

ComparisonSession::ComparisonSession(EngineRegistry engines, ProbeSettings probe, QObject* parent)
    : SessionEvents(parent), d(std::make_unique<Private>(*this, std::move(engines), std::move(probe)))
{
}

ComparisonSession::~ComparisonSession() = default;

void ComparisonSession::addFiles(const QStringList& paths)
{
    d->add(Activity::Reading, intakeTask(Intake::Anything, paths));
}

void ComparisonSession::addImages(const QStringList& paths)
{
    d->add(Activity::Reading, intakeTask(Intake::Images, paths));
}

void ComparisonSession::addModels(const QStringList& paths, const DeitOptions& options)
{
    d->add(Activity::Reading, intakeTask(Intake::Models, paths, options));
}

void ComparisonSession::addVariantSet(const QString& folder)
{
    d->add(Activity::Reading, intakeTask(Intake::VariantSets, {folder}));
}

quint64 ComparisonSession::buildVariants(const BuildRequest& request, const QString& cacheFolder)
{
    BuildRequest absolute = request;
    absolute.source = QFileInfo(request.source).absoluteFilePath();
    const quint64 build = d->add(Activity::Building, buildTask(absolute, cacheFolder));
    d->builds.insert(build);
    return build;
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
    d->add(Activity::Describing, describeTask(path));
}

void ComparisonSession::readInput(const QString& path, const DeitOptions& options)
{
    d->add(Activity::Describing, inputTask(path, options));
}

void ComparisonSession::removeImage(const QString& id)
{
    d->edit([&](SessionState& state) { state.removeImage(id); });
}

void ComparisonSession::removeVariant(const QString& id)
{
    d->edit([&](SessionState&) { d->removeVariant(id); });
}

void ComparisonSession::clear()
{
    d->queue.abandon();
    const auto now = snapshot();
    d->edit([&](SessionState& state) {
        for (const ImageResult& image : now->images)
            state.removeImage(image.id);
        for (const VariantResult& variant : now->variants)
            d->removeVariant(variant.id);
        state.forgetResults();
    });
    d->hasNews = false;
}

void ComparisonSession::setVariantEnabled(const QString& id, bool enabled)
{
    const auto now = snapshot();
    const VariantResult* variant = now->variant(id);
    if (variant && variant->enabled != enabled)
        d->edit([&](SessionState& state) { state.setEnabled(id, enabled); });
}

void ComparisonSession::setVariantInput(const QString& id, const Preprocessing& preprocessing,
                                        const Labels& labels, LabelMisfit misfit)
{
    if (const Status valid = preprocessing.validate(); !valid) {
        Q_EMIT failed(valid.error());
        return;
    }
    d->edit([&](SessionState& state) { state.setInput(id, {preprocessing, labels, misfit}); });
}

void ComparisonSession::setCheckpointOptions(const QString& id, const DeitOptions& options,
                                             const std::optional<StatedInput>& input)
{
    if (const Status valid = input ? input->preprocessing.validate() : Done{}; !valid) {
        Q_EMIT failed(valid.error());
        return;
    }
    perform(Activity::Reading, [=](SessionState& state) { return rereadTask(state, id, options, input); });
    d->edit([&](SessionState& state) { state.restart(id); });
}

void ComparisonSession::setVariantFileOperators(const QString& id, FileOperators fileOperators)
{
    d->queue.unload(id);
    d->edit([&](SessionState& state) { state.setFileOperators(id, fileOperators); });
}

void ComparisonSession::setVariantLabels(const QString& id, const Labels& labels)
{
    d->edit([&](SessionState& state) { state.setLabels(id, labels); });
}

void ComparisonSession::setCurrentImage(const QString& id)
{
    if (id != d->state.currentImageId())
        d->edit([&](SessionState& state) { state.setCurrentImage(id); });
}

void ComparisonSession::setBaseline(const QString& id)
{
    d->edit([&](SessionState& state) { state.setBaseline(id); });
}

void ComparisonSession::setVariantEngines(const QString& id, const QStringList& engines)
{
    d->edit([&](SessionState& state) { state.setVariantEngines(id, engines); });
}

void ComparisonSession::setRunSettings(const RunSettings& settings)
{
    if (settings != d->state.settings())
        d->edit([&](SessionState& state) { state.setSettings(settings); });
}

void ComparisonSession::setHost(const HostSettings& settings)
{
    d->queue.setHost(settings);
}

void ComparisonSession::tryAgain(const QString& variantId)
{
    const auto now = snapshot();
    const VariantResult* variant = now->variant(variantId);
    if (variant == nullptr)
        return;
    RememberedFiles().forgetFatalities(variant->variant.sha256);
    d->edit([&](SessionState& state) { state.setVariantState(variantId, VariantState::Waiting, {}); });
    if (d->classifiesNews)
        classify();
}

void ComparisonSession::setPictureCacheLimit(qint64 bytes)
{
    d->pictures.setLimit(bytes);
}

void ComparisonSession::classify()
{
    perform(Activity::Classifying, classifyTask);
}

void ComparisonSession::setClassifiesNews(bool classifies)
{
    d->classifiesNews = classifies;
    d->classifyNews();
}

void ComparisonSession::benchmark(const BenchmarkPlan& plan)
{
    d->measure([plan](SessionState& state) { return benchmarkTask(state, plan); });
}

void ComparisonSession::benchmarkAgainstItself(const BenchmarkPlan& plan)
{
    d->measure([plan](SessionState& state) { return selfBenchmarkTask(state, plan); });
}

void ComparisonSession::sweepThreads(const BenchmarkPlan& plan, const std::vector<int>& threads)
{
    d->edit([&](SessionState& state) { state.sweep().begin(threads); });
    for (const int count : threads)
        d->measure([=](SessionState& state) { return sweepPointTask(state, plan, count); });
}

void ComparisonSession::calibrateThreads(const std::vector<int>& threads)
{
    perform(Activity::Calibrating, [=](SessionState& state) { return calibrateTask(state, threads); });
}

void ComparisonSession::profile()
{
    perform(Activity::Profiling, profileTask);
}

void ComparisonSession::perform(Activity activity, TaskMaker make)
{
    d->queue.add(activity, [this, make = std::move(make)] {
        d->snapshot.reset(); // a task that is made may begin something
        return make(d->state);
    });
}

void ComparisonSession::cancel()
{
    d->hasNews = std::exchange(d->hasCalibrated, false); // what is shown may be of other threads now
    d->state.sweep().cancel();
    d->queue.cancel();
    d->edit();
}

bool ComparisonSession::stop(std::chrono::milliseconds patience)
{
    cancel();
    return d->queue.stop(patience);
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
    return d->queue.isWaiting(Activity::Measuring) ||
           (activity() == Activity::Measuring && !d->haveRoundsEnded);
}

RunSettings ComparisonSession::runSettings() const
{
    return d->state.settings();
}

std::shared_ptr<const Comparison> ComparisonSession::snapshot() const
{
    if (!d->snapshot)
        d->snapshot = std::make_shared<const Comparison>(d->state.snapshot());
    return d->snapshot;
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
