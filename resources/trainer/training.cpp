#include "resources/trainer/training.h"

#include "core/tr.h"
#include "resources/trainer/shape_paths.h"
#include "resources/trainer/stage.h"

#include <ATen/Parallel.h>

#include <QElapsedTimer>

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
    torch::manual_seed(recipe.seed);
    Teacher teacher(int(shapeNames().size()));
    const Stage stage{QStringLiteral("teacher"),
                      recipe.teacherText(),
                      1,
                      recipe.teacherSteps,
                      fullSide / 2,
                      recipe.teacherRate,
                      0.01,
                      true};
    const auto judge = [&](const Batch& batch) {
        const auto logits = teacher(batch.pictures);
        return Judgement{labelLoss(logits, batch.shapes), logits};
    };
    const auto result = runStage(*teacher, stage, recipe, judge, folder, control);
    if (!result)
        return result.failure();
    const Outcome outcome{tr("convolutional teacher"), parameterCount(*teacher),
                          accuracy(recipe, [&](const torch::Tensor& x) { return teacher(x); }),
                          result->seconds};
    return TaughtTeacher{teacher, outcome};
}

Judgement judgeStudent(Deit& student, Teacher& teacher, bool distilled, const Batch& batch)
{
    const auto [logits, second] = student->heads(batch.pictures);
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

/// One of the two students, from its beginning to its evaluation. Runs on one thread.
class StudentTraining
{
public:
    StudentTraining(const Recipe& recipe, Teacher teacher, bool distilled, const QString& folder,
                    const JobControl& control)
        : m_recipe(recipe), m_teacher(std::move(teacher)), m_distilled(distilled), m_folder(folder),
          m_control(control)
    {
    }

    Result<TaughtStudent> run()
    {
        at::set_num_threads(1);
        Deit small = newStudent(m_recipe, m_distilled, fullSide / 2);
        const auto first = train(small, {name(QStringLiteral("small")), m_recipe.smallText(), 2,
                                         m_recipe.smallSteps, fullSide / 2, m_recipe.smallRate, 0.05, true});
        if (!first)
            return first.failure();
        Deit student = resized(small, studentConfig(m_recipe, m_distilled, fullSide));
        const auto second = train(student, {name(QStringLiteral("full")), m_recipe.text(), 3,
                                            m_recipe.fullSteps, fullSide, m_recipe.fullRate, 0.05, false});
        if (!second)
            return second.failure();
        const Outcome outcome{m_distilled ? tr("DeiT with distillation") : tr("DeiT without distillation"),
                              parameterCount(*student),
                              accuracy(m_recipe, [&](const torch::Tensor& x) { return student(x); }),
                              first->seconds + second->seconds};
        return TaughtStudent{student, outcome};
    }

private:
    QString name(const QString& part) const
    {
        return (m_distilled ? QStringLiteral("distilled-") : QStringLiteral("plain-")) + part;
    }

    Result<StageResult> train(Deit& student, const Stage& stage)
    {
        const auto judge = [&](const Batch& batch) {
            return judgeStudent(student, m_teacher, m_distilled, batch);
        };
        return runStage(*student, stage, m_recipe, judge, m_folder, m_control);
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
    Result<TaughtStudent> plain = Cancelled{};
    std::jthread other;
    if (recipe.withPlain)
        other = std::jthread(
            [&] { plain = StudentTraining(recipe, teacher->model, false, folder, shared).run(); });
    const auto distilled = StudentTraining(recipe, teacher->model, true, folder, shared).run();
    if (other.joinable())
        other.join();
    if (!distilled)
        return distilled.failure();
    std::vector<Outcome> outcomes{teacher->outcome, distilled->outcome};
    if (recipe.withPlain) {
        if (!plain)
            return plain.failure();
        outcomes.insert(outcomes.begin() + 1, plain->outcome);
    }
    return TrainedModels{std::move(outcomes), distilled->model, studentConfig(recipe, true, fullSide)};
}

} // namespace vitrine::trainer
