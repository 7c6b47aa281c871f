#include "core/torch/input_feed.h"

#include "core/base/literals.h"
#include "core/base/tr.h"

#include <torch/script.h>

#include <QRegularExpression>

#include <algorithm>

namespace vitrine::torch_engine {

namespace {

constexpr std::int64_t largestBatch = 256;

/// The first number of a shape that must be other than 1 for the rest to hold what is there; 1: none.
std::int64_t batchIn(const QString& complaint)
{
    static const QRegularExpression view(
        u"shape '\\[(\\d+), ([\\d, ]+)\\]' is invalid for input of size (\\d+)"_s);
    if (const auto match = view.match(complaint); match.hasMatch()) {
        std::int64_t rest = 1;
        for (const QString& size : match.captured(2).split(u',')) {
            const std::int64_t number = size.trimmed().toLongLong();
            if (number < 1 || __builtin_mul_overflow(rest, number, &rest))
                return 1;
        }
        return rest == match.captured(3).toLongLong() ? match.captured(1).toLongLong() : 1;
    }
    static const QRegularExpression joined(u"Expected size (\\d+) but got size (\\d+) for tensor"_s);
    const auto match = joined.match(complaint);
    const auto sizes = std::minmax({match.captured(1).toLongLong(), match.captured(2).toLongLong()});
    return match.hasMatch() && sizes.first == 1 ? sizes.second : 1;
}

} // namespace

at::Tensor InputFeed::tensor(const InputTensor& input) const
{
    at::Tensor tensor = at::from_blob(const_cast<float*>(input.values.data()),
                                      {1, input.channels, input.height, input.width}, at::kFloat);
    if (m_channelsLast)
        tensor = tensor.permute({0, 2, 3, 1}).contiguous();
    if (m_type != at::kFloat)
        tensor = tensor.to(m_type);
    return m_batch == 1 ? tensor : tensor.repeat({m_batch, 1, 1, 1});
}

bool InputFeed::wantsChannelsLast(const QString& complaint, const InputTensor& input) const
{
    static const QRegularExpression convolution(
        u"expected input\\[(\\d+), (\\d+), (\\d+), (\\d+)\\] to have (\\d+) channels"_s);
    const auto match = convolution.match(complaint);
    const auto number = [&](int group) { return match.captured(group).toInt(); };
    return match.hasMatch() && number(2) == input.width && number(3) == input.channels &&
           number(4) == input.height && number(5) == input.channels;
}

bool InputFeed::adapt(const QString& complaint, const InputTensor& input)
{
    if (!m_channelsLast && wantsChannelsLast(complaint, input)) {
        m_channelsLast = true;
        return true;
    }
    const std::int64_t batch = batchIn(complaint);
    if (m_batch > 1 || batch < 2 || batch > largestBatch)
        return false;
    m_batch = batch;
    return true;
}

QStringList InputFeed::notices() const
{
    QStringList notices;
    if (m_channelsLast)
        notices << tr("it wants the channels last (NHWC), and is given them so");
    if (m_type != at::kFloat)
        notices
            << tr("it computes in %1, and is given its input so").arg(QLatin1String(c10::toString(m_type)));
    if (m_batch > 1)
        notices
            << tr("its batch is fixed at %1, so each picture is given %1 times, and latency is that of all")
                   .arg(m_batch);
    return notices;
}

} // namespace vitrine::torch_engine
