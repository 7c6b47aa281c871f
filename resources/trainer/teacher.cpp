#include "resources/trainer/teacher.h"

namespace vitrine::trainer {

namespace {

void addBlock(torch::nn::Sequential& features, int in, int out, int stride)
{
    features->push_back(
        torch::nn::Conv2d(torch::nn::Conv2dOptions(in, out, 3).stride(stride).padding(1).bias(false)));
    features->push_back(torch::nn::BatchNorm2d(out));
    features->push_back(torch::nn::ReLU(torch::nn::ReLUOptions(true)));
}

} // namespace

TeacherImpl::TeacherImpl(int classes)
{
    torch::nn::Sequential features;
    addBlock(features, 3, 24, 2);
    addBlock(features, 24, 48, 2);
    addBlock(features, 48, 64, 1);
    addBlock(features, 64, 96, 2);
    addBlock(features, 96, 96, 1);
    addBlock(features, 96, 128, 2);
    m_features = register_module("features", features);
    m_head = register_module("head", torch::nn::Linear(128, classes));
}

torch::Tensor TeacherImpl::forward(torch::Tensor x)
{
    if (x.size(-1) > 112)
        x = torch::avg_pool2d(x, 2);
    return m_head(m_features->forward(x).mean({2, 3}));
}

} // namespace vitrine::trainer
