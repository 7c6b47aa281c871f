#pragma once

#include <torch/torch.h>

namespace vitrine::trainer {

/// A small convolutional classifier; input [B,3,S,S], output [B,classes]. It looks at a picture of 224
/// pixels at half that side.
class TeacherImpl : public torch::nn::Module
{
public:
    explicit TeacherImpl(int classes);
    torch::Tensor forward(torch::Tensor x);

private:
    torch::nn::Sequential m_features{nullptr};
    torch::nn::Linear m_head{nullptr};
};
TORCH_MODULE(Teacher);

} // namespace vitrine::trainer
