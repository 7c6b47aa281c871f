#pragma once

#include "core/engine/engine.h"
#include "core/torch/input_sizes.h"

#include <array>

namespace vitrine::torch_engine {

/// A model behind the face that an engine shows. What it wants other than usual is found out in its first
/// forward.
class TorchModel : public LoadedModel
{
public:
    /// `name` is how errors call it; `notices`: what was done to load it; `widen`: makes float32 of the net's
    /// weights, called where what the feed gives cannot be computed with here.
    TorchModel(Net net, QString name, InputFeed feed = InputFeed(), QStringList notices = {},
               std::function<void()> widen = {});

    Result<std::vector<float>> forward(const InputTensor& input) override;
    Result<OperatorProfile> profile(const InputTensor& input) override;
    QStringList notices() const override;

private:
    struct Refusal
    {
        Error error;
        bool maybeSize = false; ///< Another size of input may do.
    };

    bool adapt(const QString& complaint, const InputTensor& input);
    std::variant<std::vector<float>, Refusal> attempt(const InputTensor& input);
    Refusal refused(const std::exception& exception, const InputTensor& input) const;
    Error withAdvice(const Refusal& refusal, const InputTensor& input) const;

    Net m_net;
    QString m_name;
    InputFeed m_feed;
    QStringList m_notices;
    std::function<void()> m_widen;
    std::array<int, 3> m_answeredShape{}; ///< Channels, height and width of the last input that was answered.
    QString m_outputNotice;
};

} // namespace vitrine::torch_engine
