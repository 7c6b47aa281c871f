#include "core/session/session_state.h"

#include <algorithm>

namespace vitrine {

SessionState::SessionState() : m_machine(MachineStamp::ofThisMachine()) {}

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
    QString id = QStringLiteral("image-%1").arg(++m_imagesAdded);
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
        unique = QStringLiteral("%1 (%2)").arg(name).arg(i);
    return unique;
}

QString SessionState::addVariant(Variant variant)
{
    Entry entry;
    entry.result.colorIndex = m_variantsAdded;
    entry.result.id = QStringLiteral("variant-%1").arg(++m_variantsAdded);
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
        if (otherEngine && entry.result.variant.isQuantized) {
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

void SessionState::forgetResults()
{
    m_results.clear();
    m_latencies.clear();
    m_measurements = {};
}

QString SessionState::engineOf(const Variant& variant) const
{
    return engineFor(variant, m_settings.quantizedEngine, m_backend.quantizedEngines);
}

ResultKey SessionState::keyOf(const QByteArray& imageSha256, const Entry& entry) const
{
    const Variant& variant = entry.result.variant;
    return {imageSha256, variant.preprocessing.toText(), variant.sha256, m_settings.threads,
            engineOf(variant)};
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

RunJob SessionState::runJob(const std::optional<BenchmarkPlan>& plan)
{
    RunJob job{m_settings, {}, {}, {}, plan};
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
        job.subjects.push_back({entry.result.id, entry.result.variant, entry.withdrawal.get_token()});
    }
    std::ranges::stable_sort(job.missing, {}, &RunJob::Item::picture);
    job.probe = m_probe;
    if (plan)
        beginBenchmark(*plan, job);
    return job;
}

RunJob SessionState::profileJob()
{
    RunJob job = runJob(std::nullopt);
    job.missing.clear();
    job.profile = true;
    return job;
}

void SessionState::beginBenchmark(const BenchmarkPlan& plan, const RunJob& job)
{
    QStringList ids;
    for (const RunJob::Subject& subject : job.subjects)
        ids << subject.id;
    MachineStamp stamp = MachineStamp::ofThisMachine();
    stamp.seed = plan.seed;
    if (!job.pictures.empty())
        stamp.imageSha256 = QString::fromLatin1(job.pictures.front().source->sha256.toHex());
    m_latencies.begin(m_settings, stamp, ids);
}

MachineStamp SessionState::stamp(const BenchmarkRecord* record, const VariantResult* baseline) const
{
    MachineStamp stamp = record ? record->stamp : m_machine;
    stamp.engineName = m_backend.name;
    stamp.engineVersion = m_backend.version;
    stamp.blas = m_backend.blas;
    stamp.threads = m_settings.threads;
    for (const Entry& entry : m_variants)
        if (entry.result.enabled && entry.result.variant.isQuantized)
            stamp.quantizedEngine = engineOf(entry.result.variant);
    if (baseline)
        stamp.preprocessing = baseline->variant.preprocessing.toText();
    return stamp;
}

void SessionState::addMeasurements(VariantResult& result, const Entry& entry,
                                   const BenchmarkRecord* record) const
{
    const auto current = findImage(m_currentImageId);
    if (current != m_images.end())
        m_measurements.addOperators(result, keyOf(*current, entry));
    m_measurements.addProbe(result, keyOf(QByteArray(), entry));
    if (record)
        m_measurements.addPhases(result,
                                 keyOf(QByteArray::fromHex(record->stamp.imageSha256.toLatin1()), entry));
}

Comparison SessionState::snapshot() const
{
    const BenchmarkRecord* record = m_latencies.find(m_settings);
    Comparison comparison;
    comparison.currentImageId = m_currentImageId;
    for (const Image& image : m_images)
        comparison.images.push_back(image.result);
    for (const Entry& entry : m_variants) {
        VariantResult& result = comparison.variants.emplace_back(entry.result);
        const VariantLatency latency = record ? record->variants.value(result.id) : VariantLatency();
        result.quantizedEngine = engineOf(result.variant);
        result.warmUps = latency.warmUps;
        result.samples = latency.samples;
        result.latency = latency.summary;
        addMeasurements(result, entry, record);
    }
    for (const Image& image : m_images)
        for (const Entry& entry : m_variants)
            if (const Classification* result = resultOf(image, entry))
                comparison.predictions.push_back({image.result.id, entry.result.id, *result});
    comparison.stamp = stamp(record, comparison.baseline());
    return comparison;
}

} // namespace vitrine
