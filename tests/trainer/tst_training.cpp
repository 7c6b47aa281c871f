#include "core/base/literals.h"
#include "core/checkpoint/checkpoint.h"
#include "core/engine/engine_registry.h"
#include "core/model/deit.h"
#include "resources/trainer/stage.h"
#include "resources/trainer/training.h"
#include "tests/torch/torch_test.h"

#include <QTemporaryDir>

#include <numeric>

using namespace vitrine;
using namespace vitrine::trainer;

namespace {

Recipe tinyRecipe()
{
    Recipe recipe;
    recipe.width = 64;
    recipe.depth = 1;
    recipe.batch = 8;
    recipe.teacherSteps = 6;
    recipe.smallSteps = 6;
    recipe.fullSteps = 4;
    recipe.lastSteps = 8;
    recipe.saveEvery = 2;
    recipe.pictures = 20;
    return recipe;
}

/// Stops after this many steps of all stages together.
JobControl stoppingAfter(int steps, std::stop_source& source)
{
    JobControl control;
    control.stop = source.get_token();
    control.report = [left = std::make_shared<int>(steps), &source](const Progress&) {
        if (--*left == 0)
            source.request_stop();
    };
    return control;
}

bool sameWeights(const torch::nn::Module& a, const torch::nn::Module& b)
{
    const auto left = a.named_parameters();
    const auto right = b.named_parameters();
    if (left.size() != right.size())
        return false;
    return std::ranges::all_of(
        left, [&](const auto& item) { return torch::equal(item.value(), right[item.key()]); });
}

double mean(std::span<const double> values)
{
    return std::accumulate(values.begin(), values.end(), 0.0) / double(values.size());
}

} // namespace

class TrainingTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { at::set_num_threads(1); }
    void theLossFalls();
    void goingOnAfterABreakGivesTheSameWeights();
    void aCheckpointOfAnotherRecipeIsRefused();
    void aBrokenCheckpointIsRefused();
    void theWeightsAreExportedAsADistilledDeit();
    void positionsAreKeptWhenTheSideStays();
    void theShortLastBlockGivesTheSameLogits();
};

void TrainingTest::theLossFalls()
{
    Recipe recipe = tinyRecipe();
    recipe.batch = 32;
    torch::manual_seed(1);
    Teacher teacher(14);
    const QTemporaryDir folder;
    const Stage stage{u"teacher"_s, u"test"_s, 1, 200, 56, 3e-3, 0.01, true};
    const auto judge = [&](const Batch& batch) {
        const auto logits = teacher(batch.pictures);
        return Judgement{torch::nn::functional::cross_entropy(logits, batch.shapes), logits};
    };
    const auto result = runStage(*teacher, stage, recipe, judge, folder.path(), {});
    VITRINE_VERIFY_OK(result);
    QCOMPARE(result->losses.size(), std::size_t(200));
    const std::span losses(result->losses);
    const double before = mean(losses.first(8));
    const double after = mean(losses.last(8));
    QVERIFY2(after < 0.9 * before, qPrintable(u"%1 -> %2"_s.arg(before).arg(after)));
}

void TrainingTest::goingOnAfterABreakGivesTheSameWeights()
{
    const QTemporaryDir whole;
    const auto expected = trainAll(tinyRecipe(), whole.path(), {});
    VITRINE_VERIFY_OK(expected);

    // Breaks in the teacher, in the students' first stage and in both runs at the full side, none at a
    // checkpoint.
    const QTemporaryDir broken;
    for (const int steps : {3, 11, 9, 5}) {
        std::stop_source source;
        QVERIFY(trainAll(tinyRecipe(), broken.path(), stoppingAfter(steps, source)).isCancelled());
    }
    const auto resumed = trainAll(tinyRecipe(), broken.path(), {});
    VITRINE_VERIFY_OK(resumed);
    QVERIFY(sameWeights(*expected->distilled, *resumed->distilled));
    QCOMPARE(resumed->outcomes.size(), std::size_t(4));
    for (std::size_t i = 0; i < 4; ++i)
        QCOMPARE(resumed->outcomes[i].accuracy, expected->outcomes[i].accuracy);
}

void TrainingTest::aCheckpointOfAnotherRecipeIsRefused()
{
    const QTemporaryDir folder;
    std::stop_source source;
    QVERIFY(trainAll(tinyRecipe(), folder.path(), stoppingAfter(3, source)).isCancelled());
    Recipe other = tinyRecipe();
    other.seed = 2;
    const auto result = trainAll(other, folder.path(), {});
    QVERIFY(!result.ok() && !result.isCancelled());
    QCOMPARE(result.error().kind, ErrorKind::Incompatible);
    QVERIFY(result.error().message.contains(u"another recipe"_s));
}

void TrainingTest::aBrokenCheckpointIsRefused()
{
    const QTemporaryDir folder;
    QFile file(folder.filePath(u"teacher.pt"_s));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write("no archive") > 0);
    file.close();
    const auto result = trainAll(tinyRecipe(), folder.path(), {});
    QVERIFY(!result.ok() && !result.isCancelled());
    QCOMPARE(result.error().kind, ErrorKind::Malformed);
    QVERIFY(result.error().message.contains(u"teacher.pt"_s));
}

void TrainingTest::theWeightsAreExportedAsADistilledDeit()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"shapes.safetensors"_s);
    const Recipe recipe = tinyRecipe();
    const DeitConfig config = studentConfig(recipe, true, 224);
    Deit student = newStudent(recipe, true, 224);
    VITRINE_VERIFY_OK(exportStudent(student, config, path));

    const auto checkpoint = readCheckpoint(path);
    VITRINE_VERIFY_OK(checkpoint);
    const auto weights = readDeit(*checkpoint);
    VITRINE_VERIFY_OK(weights);
    QCOMPARE(weights->config, config);
    for (const CheckpointTensor& tensor : checkpoint->tensors)
        QCOMPARE(tensor.type, TensorType::Float16);

    const torch::NoGradGuard noGrad;
    const auto pictures = evaluationBatch(1, 0, 2).pictures;
    const auto expected = student(pictures);
    const auto difference =
        (torch_engine::makeDeit(*weights)(pictures) - expected).abs().max().item<double>();
    QVERIFY2(difference < 0.01, qPrintable(QString::number(difference)));
}

void TrainingTest::theShortLastBlockGivesTheSameLogits()
{
    Recipe recipe = tinyRecipe();
    recipe.depth = 2;
    const auto pictures = evaluationBatch(1, 0, 3, 112).pictures;
    for (const bool distilled : {false, true}) {
        Deit student = newStudent(recipe, distilled, 112);
        const auto [logits, second] = student->heads(pictures);
        const auto [shortLogits, shortSecond] = student->trainingHeads(pictures);
        QVERIFY(torch::allclose(logits, shortLogits, 1e-4, 1e-5));
        QCOMPARE(shortSecond.defined(), distilled);
        QVERIFY(!distilled || torch::allclose(second, shortSecond, 1e-4, 1e-5));
    }
}

void TrainingTest::positionsAreKeptWhenTheSideStays()
{
    const Recipe recipe = tinyRecipe();
    Deit student = newStudent(recipe, true, 112);
    QVERIFY(sameWeights(*student, *resized(student, studentConfig(recipe, true, 112))));
    const Deit larger = resized(student, studentConfig(recipe, true, 224));
    QCOMPARE(larger->named_parameters()["pos_embed"].size(1), 198);
}

QTEST_GUILESS_MAIN(TrainingTest)
#include "tst_training.moc"
