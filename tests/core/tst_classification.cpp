#include "core/engine/classification.h"

#include <QTest>

#include <cmath>
#include <limits>
#include <numeric>

using namespace vitrine;

namespace {

constexpr float infinity = std::numeric_limits<float>::infinity();
constexpr float notANumber = std::numeric_limits<float>::quiet_NaN();

std::vector<int> ranking(const Classification& classification)
{
    std::vector<int> indices;
    for (const ClassScore& score : classification.top)
        indices.push_back(score.index);
    return indices;
}

} // namespace

class TestClassification : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void softmaxOfKnownLogits();
    void softmaxIsShiftInvariant();
    void softmaxOfHugeLogitsIsFinite();
    void softmaxOfEqualLogitsIsUniform();
    void softmaxOfInfinities();
    void softmaxGivesNaNNoShare();
    void softmaxOfManyClassesSumsToOne();
    void nothingIsClassifiedAsNothing();
    void topIsOrdered();
    void topIsLimited();
    void tiesKeepTheLowerIndexFirst();
    void nanRanksLast();
    void logitsAreKept();
};

void TestClassification::softmaxOfKnownLogits()
{
    const auto p = softmax(std::vector<float>{0.0F, std::log(2.0F), std::log(5.0F)});
    QCOMPARE(p.size(), std::size_t{3});
    QCOMPARE(p[0], 0.125F);
    QCOMPARE(p[1], 0.25F);
    QCOMPARE(p[2], 0.625F);
}

void TestClassification::softmaxIsShiftInvariant()
{
    QCOMPARE(softmax(std::vector<float>{1.0F, 2.0F, 4.0F}),
             softmax(std::vector<float>{101.0F, 102.0F, 104.0F}));
}

void TestClassification::softmaxOfHugeLogitsIsFinite()
{
    const auto p = softmax(std::vector<float>{3e38F, -3e38F});
    QCOMPARE(p[0], 1.0F);
    QCOMPARE(p[1], 0.0F);
}

void TestClassification::softmaxOfEqualLogitsIsUniform()
{
    for (const float logit : {0.0F, -7.5F, infinity, -infinity})
        QCOMPARE(softmax(std::vector<float>(4, logit)), std::vector<float>(4, 0.25F));
}

void TestClassification::softmaxOfInfinities()
{
    const auto p = softmax(std::vector<float>{1.0F, infinity, -infinity});
    QCOMPARE(p, (std::vector<float>{0.0F, 1.0F, 0.0F}));
}

void TestClassification::softmaxGivesNaNNoShare()
{
    QCOMPARE(softmax(std::vector<float>{notANumber, 3.0F}), (std::vector<float>{0.0F, 1.0F}));
    QCOMPARE(softmax(std::vector<float>{notANumber}), std::vector<float>{0.0F});
}

void TestClassification::softmaxOfManyClassesSumsToOne()
{
    std::vector<float> logits(100'000);
    for (std::size_t i = 0; i < logits.size(); ++i)
        logits[i] = static_cast<float>(i % 17) / 5.0F;
    const auto p = softmax(logits);
    QVERIFY(std::abs(std::accumulate(p.begin(), p.end(), 0.0) - 1.0) < 1e-6);
}

void TestClassification::nothingIsClassifiedAsNothing()
{
    QVERIFY(classify({}).top.empty());
    QVERIFY(softmax({}).empty());
}

void TestClassification::topIsOrdered()
{
    const Classification result = classify({0.5F, 3.0F, -1.0F, 2.0F});
    QCOMPARE(ranking(result), (std::vector<int>{1, 3, 0, 2}));
    for (std::size_t i = 1; i < result.top.size(); ++i)
        QVERIFY(result.top[i - 1].probability > result.top[i].probability);
}

void TestClassification::topIsLimited()
{
    std::vector<float> logits(1000);
    std::iota(logits.begin(), logits.end(), 0.0F);
    const Classification result = classify(logits);
    QCOMPARE(result.top.size(), std::size_t{Classification::maxTop});
    QCOMPARE(result.top.front().index, 999);
    QCOMPARE(result.top.back().index, 990);
}

void TestClassification::tiesKeepTheLowerIndexFirst()
{
    QCOMPARE(ranking(classify({1.0F, 2.0F, 2.0F, 1.0F})), (std::vector<int>{1, 2, 0, 3}));
    // Probabilities of these underflow to the same zero; the logits still differ.
    QCOMPARE(ranking(classify({500.0F, -900.0F, -800.0F})), (std::vector<int>{0, 2, 1}));
}

void TestClassification::nanRanksLast()
{
    QCOMPARE(ranking(classify({notANumber, -infinity, notANumber, 1.0F})), (std::vector<int>{3, 1, 0, 2}));
}

void TestClassification::logitsAreKept()
{
    const std::vector<float> logits{3.0F, 1.0F, 2.0F};
    QCOMPARE(classify(logits).logits, logits);
}

QTEST_APPLESS_MAIN(TestClassification)
#include "tst_classification.moc"
