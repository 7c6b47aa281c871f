#include "core/session/session_state.h"

#include "core/base/literals.h"
#include "core/base/tr.h"

#include <algorithm>
#include <utility>

namespace vitrine {

namespace {

const auto idOf = [](const auto& each) { return each.result.id; };

} // namespace

SessionState::SessionState(EngineRegistry engines, ProbeSettings probe, SessionEvents& events)
    : m_events(events), m_engines(std::move(engines)), m_machine(MachineStamp::ofThisMachine()),
      m_probe(std::move(probe))
{
}

SessionState::Entry* SessionState::entry(const QString& id)
{
    const auto found = std::ranges::find(m_variants, id, idOf);
    return found == m_variants.end() ? nullptr : &*found;
}

const Variant* SessionState::variant(const QString& id) const
{
    const auto found = std::ranges::find(m_variants, id, idOf);
    return found == m_variants.end() ? nullptr : &found->result.variant;
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
    QString unique = name;
    const auto isTaken = [&](const Entry& entry) { return entry.result.variant.name == unique; };
    for (int i = 2; std::ranges::any_of(m_variants, isTaken); ++i)
        unique = u"%1 (%2)"_s.arg(name).arg(i);
    return unique;
}

SessionState::Entry SessionState::newEntry(const Variant& variant, const QString& name)
{
    Entry entry;
    entry.result.colorIndex = m_variantsAdded;
    entry.result.id = u"variant-%1"_s.arg(++m_variantsAdded);
    entry.result.variant = variant;
    entry.read = variant;
    entry.result.variant.name = uniqueName(name);
    m_hasNews = true;
    return entry;
}

QString SessionState::addVariant(const Variant& variant)
{
    return m_variants.emplace_back(newEntry(variant, variant.name)).result.id;
}

void SessionState::removeImage(const QString& id)
{
    const auto found = std::ranges::find(m_images, id, idOf);
    if (found == m_images.end())
        return;
    found->withdrawal.request_stop();
    auto next = m_images.erase(found);
    if (m_currentImageId != id)
        return;
    if (next == m_images.end() && !m_images.empty())
        --next;
    m_currentImageId = next == m_images.end() ? QString() : next->result.id;
}

void SessionState::withdraw(Entry& entry)
{
    entry.withdrawal.request_stop();
    entry.withdrawal = std::stop_source();
    m_latencies.forget(entry.result.id);
}

void SessionState::restart(Entry& entry)
{
    withdraw(entry);
    entry.result.error.reset();
    if (entry.result.state == VariantState::Failed)
        entry.result.state = VariantState::Waiting;
    m_hasNews = true;
}

void SessionState::removeVariant(const QString& id)
{
    if (Entry* found = entry(id))
        withdraw(*found);
    if (m_baselineId == id)
        m_baselineId.clear();
    std::erase_if(m_variants, [&](const Entry& entry) { return entry.result.id == id; });
}

void SessionState::setCurrentImage(const QString& id)
{
    if (std::ranges::count(m_images, id, idOf) > 0)
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

void SessionState::endRuns()
{
    for (Entry& entry : m_variants)
        if (entry.result.state == VariantState::Loading || entry.result.state == VariantState::Running)
            entry.result.state = VariantState::Waiting;
}

void SessionState::setNotices(const QString& variantId, const QStringList& notices)
{
    if (Entry* found = entry(variantId))
        found->result.notices = notices;
}

void SessionState::addPrediction(const RunKey& key, const QByteArray& image,
                                 const std::shared_ptr<const Classification>& said)
{
    Predictions& known = m_results.predictions[key];
    known.insert(image, said);
    for (Entry& entry : m_variants)
        if (entry.result.variant.sha256 == key.variantSha256 &&
            entry.result.variant.deit.toText() == key.stated)
            refuseLabels(entry, std::ssize(said->logits));
    const auto isLogits = [](const auto& each) { return each->kind == ScoreKind::Logits; };
    if (std::ranges::none_of(known, isLogits))
        return;
    for (auto& each : known)
        if (!isLogits(each))
            each = std::make_shared<const Classification>(classify(each->logits, ScoreKind::Logits));
}

void SessionState::forgetResults()
{
    m_latencies.clear();
    m_sweep.clear();
    m_results = {};
}

void SessionState::setBaseline(const QString& variantId)
{
    if (variantId.isEmpty() || entry(variantId))
        m_baselineId = variantId;
}

void SessionState::setVariantEngines(const QString& variantId, const QStringList& engines)
{
    Entry* found = entry(variantId);
    if (!found || !found->result.variant.isQuantized || engines.isEmpty())
        return;
    const VariantResult original = found->result;
    const auto nameUnder = [&](const QString& engine) {
        return u"%1 (%2)"_s.arg(original.variant.name, engine);
    };
    withdraw(*found);
    found->ownEngine = engines.front();
    found->result.variant.name = uniqueName(nameUnder(engines.front()));
    found->result.state = VariantState::Waiting;
    m_hasNews = true;
    auto position = m_variants.begin() + (found - m_variants.data());
    for (const QString& engine : engines.mid(1)) {
        Entry copy = newEntry(original.variant, nameUnder(engine));
        copy.result.enabled = original.enabled;
        copy.ownEngine = engine;
        position = m_variants.insert(position + 1, std::move(copy));
    }
}

QString SessionState::askedEngine(const Entry& entry, const RunSettings& settings)
{
    return entry.ownEngine.isEmpty() ? settings.quantizedEngine : entry.ownEngine;
}

QStringList SessionState::quantizedEngines() const
{
    QStringList all;
    for (const EngineFacts& engine : m_ready)
        all << engine.quantizedEngines;
    all.removeDuplicates();
    return all;
}

bool SessionState::canMeasure()
{
    if (!m_images.empty() && !baselineId().isEmpty())
        return true;
    Q_EMIT m_events.failed(
        {ErrorKind::Usage, m_images.empty() ? tr("There is no image to measure with. Add one first.")
                                            : tr("There is nothing to measure. Enable a variant first.")});
    return false;
}

QString SessionState::baselineId() const
{
    QString first;
    for (const auto& [result, read, ownEngine, withdrawal] : m_variants) {
        if (result.enabled && result.id == m_baselineId)
            return m_baselineId;
        if (result.enabled && first.isEmpty())
            first = result.id;
    }
    return first;
}

RunRequest SessionState::request(const RunSettings& settings) const
{
    RunRequest request{settings};
    for (const auto& [result, withdrawal] : m_images)
        request.pictures.push_back({result.id, result.source, withdrawal.get_token()});
    std::ranges::stable_partition(request.pictures,
                                  [&](const RunPicture& picture) { return picture.id == m_currentImageId; });
    const QString baseline = baselineId();
    for (const Entry& entry : m_variants) {
        if (!entry.result.enabled)
            continue;
        const std::size_t subject = request.subjects.size();
        const VariantResult result = describe(entry, settings);
        const Predictions known = m_results.predictions.value(keyOf(result, settings));
        for (std::size_t picture = 0; picture < request.pictures.size(); ++picture)
            if (!known.contains(request.pictures[picture].source->sha256))
                request.missing.push_back({picture, subject});
        if (result.id == baseline)
            request.baseline = subject;
        request.subjects.push_back(
            {result.id, result.variant, askedEngine(entry, settings), entry.withdrawal.get_token()});
    }
    std::ranges::stable_sort(request.missing, {}, &RunRequest::Item::picture);
    return request;
}

} // namespace vitrine
