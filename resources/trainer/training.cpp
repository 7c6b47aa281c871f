#include "resources/trainer/training.h"

#include "core/base/literals.h"
#include "core/base/tr.h"
#include "resources/trainer/shape_paths.h"
#include "resources/trainer/stage.h"

#include <ATen/Parallel.h>

#include <mutex>
#include <thread>

namespace vitrine::trainer {

namespace {

namespace F = torch::nn::functional;

constexpr double labelSmoothing = 0.1;
constexpr int fullSide = 224;

torch::Tensor labelLoss(const torch::Tensor& logits, const torch::Tensor& shapes)
{
    return F::cross_entropy(logits, shapes, F::CrossEntropyFuncOptions().label_smoothing(labelSmoothing));
}

qint64 parameterCount(const torch::nn::Module& module)
{
    qint64 count = 0;
    for (const auto& parameter : module.parameters())
        count += parameter.numel();
    return count;
}

struct TaughtTeacher
{
    Teacher model{nullptr};
    Outcome outcome;
};

Result<TaughtTeacher> trainTeacher(const Recipe& recipe, const QString& folder, const JobControl& control)
{
    at::set_num_threads(Recipe::threads);
    torch::manual_seed(recipe.seed);
    Teacher teacher(int(shapeNames().size()));
    const Stage stage{u"teacher"_s, recipe.teacherText(), 1,    recipe.teacherSteps,
                      fullSide / 2, recipe.teacherRate,   0.01, true};
    const auto judge = [&](const Batch& batch) {
        const auto logits = teacher(batch.pictures);
        return Judgement{labelLoss(logits, batch.shapes), logits};
    };
    const auto result = runStage(*teacher, stage, recipe, judge, folder, control);
    if (!result)
        return result.failure();
    const Outcome outcome{tr("convolutional teacher"), parameterCount(*teacher),
                          accuracy(recipe, fullSide, [&](const torch::Tensor& x) { return teacher(x); }),
                          result->seconds};
    return TaughtTeacher{teacher, outcome};
}

Judgement judgeStudent(Deit& student, Teacher& teacher, bool distilled, const Batch& batch)
{
    const auto [logits, second] = student->trainingHeads(batch.pictures);
    if (!distilled)
        return {labelLoss(logits, batch.shapes), logits};
    torch::Tensor answers;
    {
        const torch::NoGradGuard noGrad;
        answers = teacher(batch.pictures).argmax(1);
    }
    return {(labelLoss(logits, batch.shapes) + F::cross_entropy(second, answers)) / 2, (logits + second) / 2};
}

struct TaughtStudent
{
    Deit model{nullptr};
    Outcome outcome;
};

/// One of the two students, at half the side and then at the full one.
class StudentTraining
{
public:
    StudentTraining(const Recipe& recipe, Teacher teacher, bool distilled, const QString& folder,
                    const JobControl& control)
        : m_recipe(recipe), m_teacher(std::move(teacher)), m_distilled(distilled), m_folder(folder),
          m_control(control)
    {
    }

    /// On the calling thread alone.
    Result<TaughtStudent> atHalfSide()
    {
        at::set_num_threads(1);
        const QString name = m_distilled ? u"distilled-small"_s : u"plain-small"_s;
        return train(newStudent(m_recipe, m_distilled, fullSide / 2),
                     {name, m_recipe.smallText(), 2, m_recipe.smallSteps, fullSide / 2, m_recipe.smallRate,
                      0.05, true});
    }

    /// On all threads, in two runs of the optimizer: the second begins warm (a warm restart, arXiv
    /// 1608.03983).
    Result<TaughtStudent> atFullSide(const Deit& small)
    {
        at::set_num_threads(Recipe::threads);
        Deit student = resized(small, studentConfig(m_recipe, m_distilled, fullSide));
        const auto first = learn(student, {u"distilled-full"_s, m_recipe.fullText(), 3, m_recipe.fullSteps,
                                           fullSide, m_recipe.fullRate, 0.05, false, Recipe::threads});
        if (!first)
            return first.failure();
        auto second = train(student, {u"distilled-last"_s, m_recipe.text(), 4, m_recipe.lastSteps, fullSide,
                                      m_recipe.lastRate, 0.05, false, Recipe::threads});
        if (second)
            second->outcome.seconds += first->seconds;
        return second;
    }

private:
    Result<StageResult> learn(Deit& student, const Stage& stage)
    {
        const auto judge = [&](const Batch& batch) {
            return judgeStudent(student, m_teacher, m_distilled, batch);
        };
        return runStage(*student, stage, m_recipe, judge, m_folder, m_control);
    }

    /// learn(), and what came of it.
    Result<TaughtStudent> train(Deit student, const Stage& stage)
    {
        const auto result = learn(student, stage);
        if (!result)
            return result.failure();
        const auto answer = [&](const torch::Tensor& pictures) { return student(pictures); };
        const Outcome outcome{rowName(stage.side), parameterCount(*student),
                              accuracy(m_recipe, stage.side, answer), result->seconds};
        return TaughtStudent{student, outcome};
    }

    QString rowName(int side) const
    {
        const QString name = m_distilled ? tr("DeiT with distillation") : tr("DeiT without distillation");
        return side == fullSide ? name : tr("%1, half side").arg(name);
    }

    const Recipe& m_recipe;
    Teacher m_teacher;
    bool m_distilled;
    QString m_folder;
    JobControl m_control;
};

} // namespace

Result<TrainedModels> trainAll(const Recipe& recipe, const QString& folder, const JobControl& control)
{
    auto teacher = trainTeacher(recipe, folder, control);
    if (!teacher)
        return teacher.failure();
    teacher->model->eval();
    std::mutex mutex;
    const JobControl shared{control.stop, [&](const Progress& progress) {
                                const std::lock_guard lock(mutex);
                                control.report(progress);
                            }};
    StudentTraining plain(recipe, teacher->model, false, folder, shared);
    StudentTraining distilled(recipe, teacher->model, true, folder, shared);
    Result<TaughtStudent> smallPlain = Cancelled{};
    std::jthread other([&] { smallPlain = plain.atHalfSide(); });
    const auto small = distilled.atHalfSide();
    other.join();
    if (!smallPlain)
        return smallPlain.failure();
    if (!small)
        return small.failure();
    const auto full = distilled.atFullSide(small->model);
    if (!full)
        return full.failure();
    return TrainedModels{{teacher->outcome, smallPlain->outcome, small->outcome, full->outcome},
                         full->model,
                         studentConfig(recipe, true, fullSide)};
}

} // namespace vitrine::trainer
