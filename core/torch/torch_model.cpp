#include "core/torch/torch_model.h"

#include "core/base/literals.h"
#include "core/base/tr.h"
#include "core/torch/errors.h"
#include "core/torch/operator_recorder.h"
#include "core/torch/outputs.h"

#include <torch/script.h>

#include <array>
#include <utility>

namespace vitrine::torch_engine {

namespace {

std::array<int, 3> shapeOf(const InputTensor& input)
{
    return {input.channels, input.height, input.width};
}

bool isAboutPrecision(const QString& complaint)
{
    return complaint.contains(u"not implemented for 'BFloat16'"_s) ||
           complaint.contains(u"could not create a primitive"_s);
}

} // namespace

TorchModel::TorchModel(Net net, QString name, InputFeed feed, QStringList notices,
                       std::function<void()> widen)
    : m_net(std::move(net)), m_name(std::move(name)), m_feed(feed), m_notices(std::move(notices)),
      m_widen(std::move(widen))
{
}

Result<std::vector<float>> TorchModel::forward(const InputTensor& input)
{
    InputFeed before = m_feed;
    // The model may write into its input and then refuse it; once it has answered to such a one, it is not
    // asked again.
    const bool isKnown = m_answeredShape == shapeOf(input);
    const InputTensor untouched = isKnown ? InputTensor() : input;
    auto answer = attempt(input);
    const auto* first = std::get_if<Refusal>(&answer);
    if (!first)
        return std::get<0>(std::move(answer));
    const Refusal refusal = *first;
    for (const auto* last = first; !isKnown && adapt(last->error.detail, input);) {
        const InputTensor again = untouched;
        answer = attempt(again);
        if (!(last = std::get_if<Refusal>(&answer)))
            return std::get<0>(std::move(answer));
    }
    before.setType(m_feed.type());
    m_feed = before;
    return withAdvice(refusal, input);
}

bool TorchModel::adapt(const QString& complaint, const InputTensor& input)
{
    if (!m_widen || !isAboutPrecision(complaint))
        return m_feed.adapt(complaint, input);
    std::exchange(m_widen, {})();
    m_feed.setType(at::kFloat);
    m_notices << tr("not all of it can be computed in bfloat16 here, so its weights were made float32");
    return true;
}

std::variant<std::vector<float>, TorchModel::Refusal> TorchModel::attempt(const InputTensor& input)
{
    try {
        const c10::InferenceMode inference;
        const c10::IValue output = m_net(m_feed.tensor(input));
        auto row = scoresFrom(output, m_feed.batch(), m_name);
        if (!row)
            return Refusal{row.error(), areSeveralRows(output, m_feed.batch())};
        if (std::exchange(m_answeredShape, shapeOf(input)) != shapeOf(input))
            m_outputNotice = row->notice;
        return std::move(row->scores);
    } catch (const std::exception& exception) {
        return refused(exception, input);
    }
}

Result<OperatorProfile> TorchModel::profile(const InputTensor& input)
{
    try {
        const c10::InferenceMode inference;
        const at::Tensor tensor = m_feed.tensor(input);
        return profileOperators([&] { m_net(tensor); });
    } catch (const std::exception& exception) {
        return refused(exception, input).error;
    }
}

QStringList TorchModel::notices() const
{
    QStringList notices = m_notices + m_feed.notices();
    if (!m_outputNotice.isEmpty())
        notices << m_outputNotice;
    return notices;
}

TorchModel::Refusal TorchModel::refused(const std::exception& exception, const InputTensor& input) const
{
    Error error = errorFrom(exception, tr("%1 failed on an input of shape [1, %2, %3, %4]")
                                           .arg(m_name)
                                           .arg(input.channels)
                                           .arg(input.height)
                                           .arg(input.width));
    const bool maybeSize = isAboutSize(error.detail);
    return {std::move(error), maybeSize};
}

Error TorchModel::withAdvice(const Refusal& refusal, const InputTensor& input) const
{
    const QString advice = refusal.maybeSize ? sizeAdvice(m_net, m_feed, input) : QString();
    if (advice.isEmpty()) {
        Error error = refusal.error;
        if (refusal.maybeSize)
            error.message +=
                u' ' + tr("If it wants pictures of another size, state that (Input settings in its "
                          "menu, or --preprocess size=).");
        return error;
    }
    return {ErrorKind::Incompatible,
            tr("%1 does not fit an input of shape [1, %2, %3, %4]; %5.")
                .arg(m_name)
                .arg(input.channels)
                .arg(input.height)
                .arg(input.width)
                .arg(advice),
            refusal.error.detail.isEmpty() ? refusal.error.message : refusal.error.detail};
}

} // namespace vitrine::torch_engine
