#include "core/session/session_state.h"

#include "core/base/literals.h"
#include "core/base/tr.h"

#include <algorithm>
#include <utility>

namespace vitrine {

SessionState::SessionState(EngineRegistry engines, SessionListener& listener)
    : m_listener(listener), m_engines(std::move(engines)), m_machine(MachineStamp::ofThisMachine())
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

QString SessionState::addImage(std::shared_ptr<const ImageSource> image)
{
    QString id = u"image-%1"_s.arg(++m_imagesAdded);
    m_images.push_back({{id, image->path, image->sha256, image}, {}});
    if (m_currentImageId.isEmpty())
        m_currentImageId = id;
    m_hasNews = true;
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
    m_hasNews = true;
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

void SessionState::setCurrentImage(const QString& id)
{
    if (findImage(id) != m_images.end())
        m_currentImageId = id;
}

void SessionState::setSettings(const RunSettings& settings)
{
    m_hasNews = true;
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
    m_hasNews = true;
}

void SessionState::setEnabled(const QString& variantId, bool enabled)
{
    if (Entry* found = entry(variantId)) {
        found->result.enabled = enabled;
        m_hasNews = true;
    }
}

void SessionState::setVariantState(const QString& variantId, VariantState state,
                                   const std::optional<Error>& error)
{
    if (Entry* found = entry(variantId)) {
        found->result.state = state;
        found->result.error = error;
    }
}

void SessionState::forgetResults()
{
    m_latencies.clear();
    m_sweep.clear();
    m_results = {};
}

void SessionState::setBaseline(const QString& variantId)
{
    if (variantId.isEmpty() || findVariant(variantId) != m_variants.end())
        m_baselineId = variantId;
}

void SessionState::setVariantEngines(const QString& variantId, const QStringList& engines)
{
    Entry* found = entry(variantId);
    if (!found || !found->result.variant.isQuantized || engines.isEmpty())
        return;
    m_hasNews = true;
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
    for (const QString& engine : engines.mid(1)) {
        Entry copy;
        copy.result.variant = original.variant;
        copy.result.variant.name = nameUnder(engine);
        copy.result.enabled = original.enabled;
        copy.result.colorIndex = m_variantsAdded;
        copy.result.id = u"variant-%1"_s.arg(++m_variantsAdded);
        copy.ownEngine = engine;
        m_variants.insert(m_variants.begin() + ++position, std::move(copy));
    }
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
    for (const EngineFacts& engine : m_ready)
        all << engine.quantizedEngines;
    all.removeDuplicates();
    return all;
}

RunKey SessionState::keyOf(const Entry& entry) const
{
    const Variant& variant = entry.result.variant;
    return runKeyOf(variant, m_ready.value(variant.engine).version, m_settings.threads,
                    quantizedEngineOf(entry));
}

bool SessionState::isAnythingUnknown() const
{
    return !request().missing.empty();
}

bool SessionState::canMeasure()
{
    const bool isNothingEnabled = baselineId().isEmpty();
    if (!isNothingEnabled && !m_images.empty())
        return true;
    m_listener.failed({ErrorKind::Usage,
                       m_images.empty() ? tr("There is no image to measure with. Add one first.")
                                        : tr("There is nothing to measure. Enable a variant first."),
                       {}});
    return false;
}

QString SessionState::baselineId() const
{
    const auto isEnabled = [](const Entry& entry) { return entry.result.enabled; };
    const auto chosen = findVariant(m_baselineId);
    if (chosen != m_variants.end() && isEnabled(*chosen))
        return m_baselineId;
    const auto first = std::ranges::find_if(m_variants, isEnabled);
    return first == m_variants.end() ? QString() : first->result.id;
}

RunRequest SessionState::request(const RunSettings& settings) const
{
    RunRequest request{settings, {}, {}, {}};
    std::vector<const Image*> images;
    for (const Image& image : m_images)
        images.push_back(&image);
    std::ranges::stable_partition(images,
                                  [&](const Image* image) { return image->result.id == m_currentImageId; });
    for (const Image* image : images)
        request.pictures.push_back({image->result.id, image->result.source, image->withdrawal.get_token()});
    for (const Entry& entry : m_variants) {
        if (!entry.result.enabled)
            continue;
        const Predictions known = m_results.predictions.value(keyOf(entry));
        for (std::size_t picture = 0; picture < images.size(); ++picture)
            if (!known.contains(images[picture]->result.sha256))
                request.missing.push_back({picture, request.subjects.size()});
        request.subjects.push_back({entry.result.id, entry.result.variant, askedEngine(entry, settings),
                                    entry.withdrawal.get_token()});
    }
    std::ranges::stable_sort(request.missing, {}, &RunRequest::Item::picture);
    return request;
}

} // namespace vitrine
