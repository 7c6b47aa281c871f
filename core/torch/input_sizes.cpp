#include "core/torch/input_sizes.h"

#include "core/base/literals.h"
#include "core/base/tr.h"
#include "core/torch/outputs.h"

#include <torch/script.h>

#include <QRegularExpression>

#include <algorithm>
#include <array>
#include <chrono>

namespace vitrine::torch_engine {

namespace {

constexpr std::array commonSizes{32,  28,  64,  96,  128, 256, 299, 384, 48,  100, 112, 150, 160, 180, 192,
                                 200, 224, 227, 240, 288, 300, 320, 336, 352, 416, 448, 480, 512, 518, 640};
/// Sizes beside those are tried up to here, where a forward costs little.
constexpr int smallSizes = 64;
constexpr auto timeToTry = std::chrono::seconds(3);

bool runsAt(int size, const Net& net, const InputFeed& feed, const InputTensor& input)
{
    const InputTensor zeros{
        input.channels, size, size,
        std::vector<float>(std::size_t(input.channels) * std::size_t(size) * std::size_t(size))};
    try {
        const auto row = scoresFrom(net(feed.tensor(zeros)), feed.batch(), {});
        return row && row->scores.size() > 1;
    } catch (const std::exception&) {
        return false;
    }
}

} // namespace

bool isAboutSize(const QString& complaint)
{
    static const QRegularExpression words(
        u"must match the size|shapes cannot be multiplied|is invalid for input of size|size mismatch|shape "
        u"mismatch|"
        "doesn't match model|padded input size|[Ss]izes of tensors must match|must match the existing size|"
        "too small|[Kk]ernel size can't be greater"_s);
    return words.match(complaint).hasMatch();
}

QString sizeAdvice(const Net& net, const InputFeed& feed, const InputTensor& input)
{
    const c10::InferenceMode inference;
    const auto end = std::chrono::steady_clock::now() + timeToTry;
    const auto runs = [&](int size) {
        return size != input.width && std::chrono::steady_clock::now() < end &&
               runsAt(size, net, feed, input);
    };
    const auto common = std::ranges::find_if(commonSizes, runs);
    int first = common == commonSizes.end() ? 0 : *common;
    for (int size = 8; first == 0 && size <= smallSizes; ++size)
        if (runs(size))
            first = size;
    if (first == 0)
        return {};
    int low = first;
    int high = first;
    while (low > 1 && runs(low - 1))
        --low;
    while (high < input.width - 1 && runs(high + 1))
        ++high;
    const QString sizes = low == high ? QString::number(low) : tr("%1 to %2").arg(low).arg(high);
    return tr("it does run on pictures of %1 pixels: state that (Input settings in its menu, or "
              "--preprocess size=%2,resize=%2)")
        .arg(sizes)
        .arg(first);
}

} // namespace vitrine::torch_engine
