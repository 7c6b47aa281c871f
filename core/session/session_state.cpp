#include "core/session/session_state.h"

#include "core/base/literals.h"

#include <algorithm>
#include <utility>

namespace vitrine {

SessionState::SessionState(EngineRegistry engines)
    : m_engines(std::move(engines)), m_machine(MachineStamp::ofThisMachine())
{
}

std::vector<SessionState::Image>::const_iterator SessionState::findImage(const QString& id) const
{
    return std::ranges::find_if(m_images, [&](const Image& image) { return image.result.id == id; });
}

std::vector<SessionState::Entry>::const_iterator SessionState::findVariant(const QString& id) const
{
    return std::ranges::find_if(m_variants, [&](const Entry& entry) { return entry.result.id == id; });
}

SessionState::Entry* SessionState::entry(const QString& id)
{
    const auto found = findVariant(id);
    return found == m_variants.end() ? nullptr : &m_variants[std::size_t(found - m_variants.begin())];
}

VariantResult* SessionState::variant(const QString& id)
{
    Entry* found = entry(id);
    return found ? &found->result : nullptr;
}

std::shared_ptr<const SourceImage> SessionState::image(const QString& id) const
{
    const auto found = findImage(id);
    return found == m_images.end() ? nullptr : found->source;
}

QStringList SessionState::imageIds() const
{
    QStringList ids;
    for (const Image& image : m_images)
        ids << image.result.id;
    return ids;
}

QStringList SessionState::variantIds() const
{
    QStringList ids;
    for (const Entry& entry : m_variants)
        ids << entry.result.id;
    return ids;
}

QString SessionState::addImage(SourceImage image)
{
    QString id = u"image-%1"_s.arg(++m_imagesAdded);
    const ImageResult result{id, image.path, image.sha256};
    m_images.push_back({result, std::make_shared<const SourceImage>(std::move(image)), {}});
    if (m_currentImageId.isEmpty())
        m_currentImageId = id;
    return id;
}

QString SessionState::uniqueName(const QString& name) const
{
    const auto isTaken = [this](const QString& candidate) {
        return std::ranges::any_of(
            m_variants, [&](const Entry& entry) { return entry.result.variant.name == candidate; });
    };
    QString unique = name;
    for (int i = 2; isTaken(unique); ++i)
        unique = u"%1 (%2)"_s.arg(name).arg(i);
    return unique;
}

QString SessionState::addVariant(Variant variant)
{
    Entry entry;
    entry.result.colorIndex = m_variantsAdded;
    entry.result.id = u"variant-%1"_s.arg(++m_variantsAdded);
    variant.name = uniqueName(variant.name);
    entry.result.variant = std::move(variant);
    m_variants.push_back(std::move(entry));
    return m_variants.back().result.id;
}

bool SessionState::removeImage(const QString& id)
{
    const auto found = findImage(id);
    if (found == m_images.end())
        return false;
    const auto position = std::size_t(found - m_images.begin());
    m_images[position].withdrawal.request_stop();
    m_images.erase(found);
    if (m_currentImageId == id)
        m_currentImageId =
            m_images.empty() ? QString() : m_images[std::min(position, m_images.size() - 1)].result.id;
    return true;
}

bool SessionState::removeVariant(const QString& id)
{
    Entry* found = entry(id);
    if (!found)
        return false;
    found->withdrawal.request_stop();
    m_latencies.forget(id);
    if (m_baselineId == id)
        m_baselineId.clear();
    m_variants.erase(findVariant(id));
    return true;
}

bool SessionState::setCurrentImage(const QString& id)
{
    if (id == m_currentImageId || findImage(id) == m_images.end())
        return false;
    m_currentImageId = id;
    return true;
}

void SessionState::setSettings(const RunSettings& settings)
{
    const bool otherEngine = settings.quantizedEngine != m_settings.quantizedEngine;
    m_settings = settings;
    m_settings.threads = std::max(settings.threads, 1);
    for (Entry& entry : m_variants)
        if (otherEngine && entry.result.variant.isQuantized && entry.ownEngine.isEmpty()) {
            entry.result.state = VariantState::Waiting;
            entry.result.error.reset();
        }
}

void SessionState::setInput(const QString& variantId, const Preprocessing& preprocessing,
                            const Labels& labels)
{
    Entry* found = entry(variantId);
    if (!found)
        return;
    found->withdrawal.request_stop();
    found->withdrawal = std::stop_source();
    found->result.variant.preprocessing = preprocessing;
    found->result.variant.labels = labels;
    found->result.error.reset();
    m_latencies.forget(variantId);
}

void SessionState::keep(const ExtrasEnded& ended)
{
    if (ended.cancelled)
        m_latencies.cutShort();
}

void SessionState::forgetResults()
{
    m_results.clear();
    m_latencies.clear();
    m_sweep.clear();
    m_measurements = {};
}

bool SessionState::setBaseline(const QString& variantId)
{
    const bool isKnown = variantId.isEmpty() || findVariant(variantId) != m_variants.end();
    return isKnown && std::exchange(m_baselineId, variantId) != variantId;
}

QStringList SessionState::setVariantEngines(const QString& variantId, const QStringList& engines)
{
    Entry* found = entry(variantId);
    if (!found || !found->result.variant.isQuantized || engines.isEmpty())
        return {};
    const VariantResult original = found->result;
    const auto nameUnder = [&](const QString& engine) {
        return uniqueName(u"%1 (%2)"_s.arg(original.variant.name, engine));
    };
    found->withdrawal.request_stop();
    found->withdrawal = std::stop_source();
    m_latencies.forget(variantId);
    found->ownEngine = engines.front();
    found->result.variant.name = nameUnder(engines.front());
    found->result.state = VariantState::Waiting;
    auto position = findVariant(variantId) - m_variants.begin();
    QStringList added;
    for (const QString& engine : engines.mid(1)) {
        Entry copy;
        copy.result.variant = original.variant;
        copy.result.variant.name = nameUnder(engine);
        copy.result.enabled = original.enabled;
        copy.result.colorIndex = m_variantsAdded;
        copy.result.id = u"variant-%1"_s.arg(++m_variantsAdded);
        copy.ownEngine = engine;
        added << copy.result.id;
        m_variants.insert(m_variants.begin() + ++position, std::move(copy));
    }
    return added;
}

QString SessionState::askedEngine(const Entry& entry, const RunSettings& settings)
{
    return entry.ownEngine.isEmpty() ? settings.quantizedEngine : entry.ownEngine;
}

QString SessionState::quantizedEngineOf(const Entry& entry, const RunSettings& settings) const
{
    const Variant& variant = entry.result.variant;
    return quantizedEngineFor(variant, askedEngine(entry, settings),
                              m_ready.value(variant.engine).quantizedEngines);
}

QStringList SessionState::quantizedEngines() const
{
    QStringList all;
    for (const EngineReady& engine : m_ready)
        all << engine.quantizedEngines;
    all.removeDuplicates();
    return all;
}

ResultKey SessionState::keyOf(const QByteArray& imageSha256, const Entry& entry) const
{
    const Variant& variant = entry.result.variant;
    return {runKeyOf(variant, m_ready.value(variant.engine).version, m_settings.threads,
                     quantizedEngineOf(entry)),
            imageSha256};
}

ResultKey SessionState::keyOf(const Image& image, const Entry& entry) const
{
    return keyOf(image.result.sha256, entry);
}

const Classification* SessionState::resultOf(const Image& image, const Entry& entry) const
{
    const auto found = m_results.constFind(keyOf(image, entry));
    return found == m_results.constEnd() ? nullptr : &*found;
}

bool SessionState::isCurrent(const ImageClassified& result) const
{
    const auto image = findImage(result.imageId);
    const auto entry = findVariant(result.variantId);
    return image != m_images.end() && entry != m_variants.end() && keyOf(*image, *entry) == result.key;
}

RunJob SessionState::classifyJob() const
{
    RunJob job{m_settings, {}, {}, {}, {}, 0, false};
    std::vector<const Image*> images;
    for (const Image& image : m_images)
        images.insert(image.result.id == m_currentImageId ? images.begin() : images.end(), &image);
    for (const Image* image : images)
        job.pictures.push_back({image->result.id, image->source, image->withdrawal.get_token()});

    for (const Entry& entry : m_variants) {
        if (!entry.result.enabled)
            continue;
        for (std::size_t picture = 0; picture < images.size(); ++picture)
            if (!resultOf(*images[picture], entry))
                job.missing.push_back({picture, job.subjects.size()});
        job.subjects.push_back({entry.result.id, entry.result.variant, askedEngine(entry, m_settings),
                                entry.withdrawal.get_token()});
    }
    std::ranges::stable_sort(job.missing, {}, &RunJob::Item::picture);
    job.probe = m_probe;
    return job;
}

RunJob SessionState::profileJob() const
{
    RunJob job = classifyJob();
    job.missing.clear();
    job.profile = true;
    return job;
}

std::size_t SessionState::baselineOf(const RunJob& job) const
{
    const QString id = snapshot().baseline()->id;
    const auto found = std::ranges::find(job.subjects, id, &RunJob::Subject::id);
    return static_cast<std::size_t>(std::distance(job.subjects.begin(), found));
}

RunJob SessionState::calibrationJob(const std::vector<int>& threads) const
{
    RunJob job = classifyJob();
    job.missing.clear();
    job.baseline = baselineOf(job);
    job.calibration = threads;
    return job;
}

RunJob SessionState::benchmarkJob(const BenchmarkPlan& plan, LatencyLog::Kind kind)
{
    if (kind == LatencyLog::Kind::Variants)
        m_sweep.clear(); // how it ended is of no concern any more
    return benchmarkJob(plan, kind, m_settings);
}

RunJob SessionState::sweepJob(const BenchmarkPlan& plan, int threads)
{
    RunSettings settings = m_settings;
    settings.threads = threads;
    RunJob job = benchmarkJob(plan, LatencyLog::Kind::Variants, settings);
    job.missing.clear();
    return job;
}

RunJob SessionState::benchmarkJob(const BenchmarkPlan& plan, LatencyLog::Kind kind,
                                  const RunSettings& settings)
{
    RunJob job = classifyJob();
    job.settings = settings;
    job.plan = plan;
    job.againstItself = kind == LatencyLog::Kind::AgainstItself;
    job.baseline = baselineOf(job);
    QStringList ids;
    for (const RunJob::Subject& subject : job.subjects)
        ids << subject.id;
    if (const QString baseline = ids[qsizetype(job.baseline)]; job.againstItself)
        ids = QStringList{baseline, twinId(baseline)};

    MachineStamp stamp = MachineStamp::ofThisMachine();
    stamp.seed = plan.seed;
    stamp.threads = settings.threads;
    stamp.timed = timedWorkName(plan.timed);
    stamp.imageSha256 = QString::fromLatin1(job.pictures.front().source->sha256.toHex());
    m_latencies.begin(BenchmarkRecord(settings, stamp, plan, ids), kind);
    return job;
}

} // namespace vitrine
