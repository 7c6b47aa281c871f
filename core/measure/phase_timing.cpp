#include "core/measure/phase_timing.h"

#include "core/engine/classification.h"
#include "core/image/image_file.h"
#include "core/image/preprocessor.h"
#include "core/measure/statistics.h"

#include <QCryptographicHash>

namespace vitrine {

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t fewestRuns = 3;
constexpr std::size_t mostRuns = 9;
constexpr std::chrono::milliseconds enough{333};

} // namespace

std::chrono::nanoseconds medianTime(const std::function<void()>& work)
{
    std::vector<std::chrono::nanoseconds> times;
    const auto begin = Clock::now();
    while (times.size() < fewestRuns || (times.size() < mostRuns && Clock::now() - begin < enough)) {
        const auto start = Clock::now();
        work();
        times.emplace_back(Clock::now() - start);
    }
    return summarize(times).median;
}

PhaseTimes::Time decodeTime(const SourceImage& image)
{
    const auto file = readImageFile(image.path);
    if (!file || QCryptographicHash::hash(file->bytes, QCryptographicHash::Sha256) != image.sha256)
        return std::nullopt;
    return medianTime([&] { (void)decodeImage(image.path, *file); });
}

void timePreprocessing(const QImage& rgb, const Preprocessing& preprocessing, PhaseTimes& phases)
{
    QImage view;
    phases.resize = medianTime([&] { view = modelView(rgb, preprocessing); });
    phases.normalize = medianTime([&] { normalize(view, preprocessing); });
}

std::chrono::nanoseconds softmaxTime(std::span<const float> logits)
{
    return medianTime([&] { softmax(logits); });
}

} // namespace vitrine
