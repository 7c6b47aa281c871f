#include "core/measure/phase_timing.h"

#include "core/engine/classification.h"
#include "core/image/image_file.h"
#include "core/image/preprocessor.h"
#include "core/measure/statistics.h"

#include <algorithm>

namespace vitrine {

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t fewestRuns = 3;
constexpr std::size_t mostRuns = 9;
constexpr std::chrono::milliseconds enough{333};

} // namespace

std::chrono::nanoseconds medianTime(const std::function<void()>& work,
                                    const std::function<std::chrono::nanoseconds()>& overhead)
{
    std::vector<std::chrono::nanoseconds> times;
    const auto begin = Clock::now();
    while (times.size() < fewestRuns || (times.size() < mostRuns && Clock::now() - begin < enough)) {
        const auto start = Clock::now();
        work();
        times.emplace_back(Clock::now() - start - overhead());
    }
    return summarize(times).median;
}

ImagePhaseTimer::ImagePhaseTimer(const SourceImage& image) : m_image(image)
{
    const auto file = readImageFile(image.path);
    if (file && file->sha256 == image.sha256)
        m_decode = medianTime([&] { (void)decodeImage(image.path, *file); });
}

PhaseTimes ImagePhaseTimer::times(const Preprocessing& preprocessing)
{
    const auto known = std::ranges::find(m_known, preprocessing, &decltype(m_known)::value_type::first);
    if (known != m_known.end())
        return known->second;
    PhaseTimes phases;
    phases.decode = m_decode;
    QImage view;
    phases.resize = medianTime([&] { view = modelView(m_image.rgb, preprocessing); });
    phases.normalize = medianTime([&] { normalize(view, preprocessing); });
    m_known.emplace_back(preprocessing, phases);
    return phases;
}

std::chrono::nanoseconds softmaxTime(std::span<const float> logits)
{
    return medianTime([&] { softmax(logits); });
}

} // namespace vitrine
