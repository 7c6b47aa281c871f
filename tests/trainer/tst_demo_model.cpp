#include "core/base/literals.h"
#include "core/build/variant_set_builder.h"
#include "core/engine/classification.h"
#include "core/image/image_reader.h"
#include "core/image/preprocessor.h"
#include "core/model/variant.h"
#include "resources/trainer/recipe.h"
#include "resources/trainer/shape_paths.h"
#include "resources/trainer/shape_picture.h"
#include "tests/torch/torch_test.h"

#include <QFileInfo>
#include <QTemporaryDir>

using namespace vitrine;
using namespace vitrine::trainer;

namespace {

constexpr int pictures = 200;
/// demo.json says 97.5 % of 2,000; 200 others may be a little less lucky.
constexpr double leastAccuracy = 0.95;
constexpr double int8Tolerance = 0.01;

QString demoFile(const QString& name)
{
    return QStringLiteral(DEMO_FOLDER "/") + name;
}

} // namespace

/// The model in the repository, built into its variants, on pictures that it has not seen.
class TestDemoModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void itIsSmallEnoughForARepository();
    void itsLabelsAreTheGeneratorsClasses();
    void everySampleIsRecognized_data() { addVariants(); }
    void everySampleIsRecognized();
    void freshPicturesAreRecognized_data() { addVariants(); }
    void freshPicturesAreRecognized();

private:
    void addVariants() const;
    int answer(LoadedModel& model, const QImage& picture) const;

    QTemporaryDir m_folder;
    std::unique_ptr<Engine> m_engine;
    VariantSet m_set;
    double m_originalAccuracy = -1;
};

void TestDemoModel::initTestCase()
{
    auto engine = EngineRegistry::installed().make(u"libtorch"_s);
    VITRINE_VERIFY_OK(engine);
    m_engine = std::move(*engine);
    m_engine->setThreads(1);
    BuildRequest request;
    request.source = demoFile(u"shapes.safetensors"_s);
    request.folder = m_folder.filePath(u"set"_s);
    const auto set = buildVariantSet(request, *m_engine, {});
    VITRINE_VERIFY_OK(set);
    QCOMPARE(set->variants.size(), std::size_t(5));
    m_set = *set;
}

void TestDemoModel::itIsSmallEnoughForARepository()
{
    QVERIFY(QFileInfo(demoFile(u"shapes.safetensors"_s)).size() <= 6'000'000);
}

void TestDemoModel::itsLabelsAreTheGeneratorsClasses()
{
    const auto labels = readLabels(demoFile(u"labels.txt"_s));
    VITRINE_VERIFY_OK(labels);
    QCOMPARE(*labels, shapeNames());
}

void TestDemoModel::addVariants() const
{
    QTest::addColumn<int>("variant");
    for (int i = 0; i < int(m_set.variants.size()); ++i)
        QTest::newRow(qPrintable(kindName(m_set.variants[std::size_t(i)].kind))) << i;
}

int TestDemoModel::answer(LoadedModel& model, const QImage& picture) const
{
    const auto logits = model.forward(preprocess(picture, m_set.preprocessing));
    return logits ? classify(*logits).top.front().index : -1;
}

void TestDemoModel::everySampleIsRecognized()
{
    QFETCH(int, variant);
    auto model = m_engine->load(m_set.variants[std::size_t(variant)], {});
    VITRINE_VERIFY_OK(model);
    int samples = 0;
    for (int shape = 0; shape < int(shapeNames().size()); ++shape) {
        const QString file = QString(shapeNames().at(shape)).replace(u' ', u'-') + u".png"_s;
        const QString path = demoFile(u"images/"_s + file);
        if (!QFileInfo::exists(path))
            continue;
        const auto image = readImage(path);
        VITRINE_VERIFY_OK(image);
        QCOMPARE(shapeNames().value(answer(**model, image->rgb)), shapeNames().at(shape));
        ++samples;
    }
    QCOMPARE(samples, 12);
}

void TestDemoModel::freshPicturesAreRecognized()
{
    QFETCH(int, variant);
    auto model = m_engine->load(m_set.variants[std::size_t(variant)], {});
    VITRINE_VERIFY_OK(model);
    int right = 0;
    for (int i = 0; i < pictures; ++i) {
        const Subject subject = subjectOf(Recipe::evaluationSeed + 7, quint64(i));
        right += answer(**model, drawShape(subject.shape, subject.seed)) == subject.shape ? 1 : 0;
    }
    const double accuracy = double(right) / pictures;
    QVERIFY2(accuracy >= leastAccuracy, qPrintable(QString::number(accuracy)));
    if (m_set.variants[std::size_t(variant)].kind == VariantKind::Original)
        m_originalAccuracy = accuracy;
    QVERIFY2(std::abs(accuracy - m_originalAccuracy) <= int8Tolerance + 1e-9,
             qPrintable(u"%1 against %2"_s.arg(accuracy).arg(m_originalAccuracy)));
}

QTEST_MAIN(TestDemoModel)
#include "tst_demo_model.moc"
