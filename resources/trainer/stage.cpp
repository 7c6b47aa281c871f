#include "resources/trainer/stage.h"

#include "core/base/file_error.h"
#include "core/base/literals.h"
#include "core/base/tr.h"

#include <ATen/Parallel.h>

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QFileInfo>

#include <cstdio>
#include <future>
#include <numbers>

namespace vitrine::trainer {

namespace {

constexpr double warmUpShare = 0.1;
constexpr double finalShare = 0.01;
constexpr double largestGradient = 1;

double rateAt(const Stage& stage, int step)
{
    const double warmUp = std::max(1.0, warmUpShare * stage.steps);
    if (step < warmUp)
        return stage.rate * (step + 1) / warmUp;
    const double share = (step - warmUp) / std::max(1.0, stage.steps - warmUp);
    return stage.rate * (finalShare + (1 - finalShare) * (1 + std::cos(std::numbers::pi * share)) / 2);
}

double difficultyAt(const Stage& stage, int step)
{
    return stage.isGraded ? std::min(1.0, 1.5 * step / stage.steps) : 1.0;
}

/// Model, optimizer and position of a stage, as they are saved and found again.
class StageState
{
public:
    StageState(torch::nn::Module& module, const Stage& stage, const QString& folder)
        : m_module(module), m_identity((stage.name + u": "_s + stage.recipe).toStdString()),
          m_path(QDir(folder).filePath(stage.name + u".pt"_s)),
          optimizer(module.parameters(),
                    torch::optim::AdamWOptions(stage.rate).betas({0.9, 0.99}).weight_decay(stage.weightDecay))
    {
    }

    Status load()
    {
        if (!QFileInfo::exists(m_path))
            return Done{};
        try {
            torch::serialize::InputArchive archive;
            archive.load_from(m_path.toStdString());
            c10::IValue identity;
            archive.read("identity", identity);
            if (identity.toStringRef() != m_identity)
                return fileError(ErrorKind::Incompatible, m_path,
                                 tr("it is of a training with another recipe; name another folder, or "
                                    "remove it"));
            readFrom(archive);
        } catch (const c10::Error& error) {
            return Error{ErrorKind::Malformed,
                         tr("%1 is no checkpoint of a training; remove it.").arg(m_path),
                         QString::fromUtf8(error.what_without_backtrace())};
        }
        return Done{};
    }

    Status save() const
    {
        const QString part = m_path + u".part"_s;
        try {
            torch::serialize::OutputArchive archive;
            writeTo(archive);
            archive.save_to(part.toStdString());
        } catch (const c10::Error& error) {
            return Error{ErrorKind::Unreadable, tr("%1 cannot be written.").arg(part),
                         QString::fromUtf8(error.what_without_backtrace())};
        }
        if (std::rename(QFile::encodeName(part).constData(), QFile::encodeName(m_path).constData()) != 0)
            return fileError(ErrorKind::Unreadable, m_path, tr("it cannot be written"));
        return Done{};
    }

private:
    void readFrom(torch::serialize::InputArchive& archive)
    {
        torch::serialize::InputArchive moduleArchive;
        archive.read("module", moduleArchive);
        m_module.load(moduleArchive);
        torch::serialize::InputArchive optimizerArchive;
        archive.read("optimizer", optimizerArchive);
        optimizer.load(optimizerArchive);
        c10::IValue value;
        archive.read("step", value);
        step = int(value.toInt());
        archive.read("seconds", value);
        seconds = value.toDouble();
    }

    void writeTo(torch::serialize::OutputArchive& archive) const
    {
        torch::serialize::OutputArchive moduleArchive;
        m_module.save(moduleArchive);
        archive.write("module", moduleArchive);
        torch::serialize::OutputArchive optimizerArchive;
        optimizer.save(optimizerArchive);
        archive.write("optimizer", optimizerArchive);
        archive.write("step", c10::IValue(std::int64_t(step)));
        archive.write("seconds", c10::IValue(seconds));
        archive.write("identity", c10::IValue(m_identity));
    }

    torch::nn::Module& m_module;
    std::string m_identity;
    QString m_path;

public:
    torch::optim::AdamW optimizer;
    int step = 0;
    double seconds = 0;
};

struct Slope
{
    Judgement judgement;
    std::vector<torch::Tensor> gradients;
};

Slope slopeOf(const std::vector<torch::Tensor>& parameters, const Judge& judge, const Batch& batch)
{
    at::set_num_threads(1);
    const Judgement judgement = judge(batch);
    return {{judgement.loss.detach(), judgement.logits.detach()},
            torch::autograd::grad({judgement.loss}, parameters)};
}

/// Leaves the mean of the parts' gradients in the parameters.
Judgement judgeInParts(const std::vector<torch::Tensor>& parameters, int parts, const Judge& judge,
                       const Batch& batch)
{
    const auto pictures = batch.pictures.chunk(parts);
    const auto shapes = batch.shapes.chunk(parts);
    std::vector<std::future<Slope>> slopes;
    for (std::size_t i = 0; i < pictures.size(); ++i)
        slopes.push_back(std::async(std::launch::async, [&, i] {
            return slopeOf(parameters, judge, {pictures[i], shapes[i]});
        }));
    Judgement whole{torch::zeros({}), {}};
    std::vector<torch::Tensor> logits;
    for (std::size_t i = 0; i < pictures.size(); ++i) {
        const Slope slope = slopes[i].get();
        const double share = double(pictures[i].size(0)) / double(batch.pictures.size(0));
        whole.loss += slope.judgement.loss * share;
        logits.push_back(slope.judgement.logits);
        for (std::size_t p = 0; p < parameters.size(); ++p) {
            auto& gradient = parameters[p].mutable_grad();
            gradient = i == 0 ? slope.gradients[p] * share : gradient.add_(slope.gradients[p], share);
        }
    }
    whole.logits = torch::cat(logits);
    return whole;
}

Judgement makeStep(torch::nn::Module& module, torch::optim::Optimizer& optimizer, const Stage& stage,
                   double rate, const Judge& judge, const Batch& batch)
{
    for (auto& group : optimizer.param_groups())
        static_cast<torch::optim::AdamWOptions&>(group.options()).lr(rate);
    optimizer.zero_grad();
    Judgement judgement;
    if (stage.parts == 1) {
        judgement = judge(batch);
        judgement.loss.backward();
    } else {
        judgement = judgeInParts(module.parameters(), stage.parts, judge, batch);
    }
    torch::nn::utils::clip_grad_norm_(module.parameters(), largestGradient);
    optimizer.step();
    return judgement;
}

double shareRight(const torch::Tensor& logits, const torch::Tensor& shapes)
{
    return logits.argmax(1).eq(shapes).to(torch::kFloat64).mean().item<double>();
}

QString progressText(const Stage& stage, double loss, double right)
{
    return tr("%1: loss %2, right %3 %")
        .arg(stage.name, QString::number(loss, 'f', 3), QString::number(100 * right, 'f', 0));
}

} // namespace

Result<StageResult> runStage(torch::nn::Module& module, const Stage& stage, const Recipe& recipe,
                             const Judge& judge, const QString& folder, const JobControl& control)
{
    StageState state(module, stage, folder);
    if (auto loaded = state.load(); !loaded)
        return loaded.failure();
    module.train();
    StageResult result;
    QElapsedTimer timer;
    timer.start();
    while (state.step < stage.steps) {
        if (control.stopRequested())
            return Cancelled{};
        const Batch batch =
            trainingBatch(recipe, stage.number, state.step, difficultyAt(stage, state.step), stage.side);
        const Judgement judgement =
            makeStep(module, state.optimizer, stage, rateAt(stage, state.step), judge, batch);
        result.losses.push_back(judgement.loss.item<double>());
        ++state.step;
        control.report({progressText(stage, result.losses.back(), shareRight(judgement.logits, batch.shapes)),
                        state.step, stage.steps});
        if (state.step % recipe.saveEvery == 0 || state.step == stage.steps) {
            state.seconds += double(timer.restart()) / 1000;
            if (auto saved = state.save(); !saved)
                return saved.failure();
        }
    }
    module.eval();
    result.seconds = state.seconds;
    return result;
}

double accuracy(const Recipe& recipe, int side,
                const std::function<torch::Tensor(const torch::Tensor&)>& model)
{
    constexpr int batch = 50;
    const torch::NoGradGuard noGrad;
    double right = 0;
    for (int first = 0; first < recipe.pictures; first += batch) {
        const int count = std::min(batch, recipe.pictures - first);
        const Batch pictures = evaluationBatch(Recipe::evaluationSeed, first, count, side);
        right += count * shareRight(model(pictures.pictures), pictures.shapes);
    }
    return right / recipe.pictures;
}

} // namespace vitrine::trainer
