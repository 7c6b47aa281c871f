#include "core/base/literals.h"
#include "tests/support/files.h"
#include "tests/torch/torch_test.h"

#include <torch/script.h>

#include <QBuffer>
#include <QTemporaryDir>

#include <numeric>

using namespace vitrine;
using namespace vitrine::test;

namespace {

constexpr auto source = "def forward(self, x: Tensor) -> Tensor:\n"
                        "    return torch.conv2d(x, self.w).mean([2, 3])\n";

const QByteArray onCpu("X\3\0\0\0cpu", 8); // texts of a pickle
const QByteArray onGpu("X\6\0\0\0cuda:0", 11);

/// A copy whose tensors say that they lie on a GPU, as what was saved there does.
QString movedToGpu(const QString& path)
{
    return editZip(path, path + u".gpu"_s,
                   [&](const QString&, QByteArray content) { return content.replace(onCpu, onGpu); });
}

} // namespace

/// TorchScript that was saved on a GPU: made on the CPU, and said to lie on a GPU.
class TestGpuScripts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { makeTorch(m_engine); }

    void itAnswersAsItsTwinOnTheCpu_data()
    {
        QTest::addColumn<bool>("frozen");
        QTest::addColumn<bool>("lite");
        QTest::newRow("TorchScript") << false << false;
        QTest::newRow("TorchScript, frozen: its weights are constants") << true << false;
        QTest::newRow("lite") << false << true;
        QTest::newRow("lite, frozen") << true << true;
    }

    void itAnswersAsItsTwinOnTheCpu()
    {
        QFETCH(bool, frozen);
        QFETCH(bool, lite);
        const QString cpu = save(frozen, lite);
        const QString gpu = movedToGpu(cpu);
        QVERIFY(readFile(gpu).contains(onGpu) && !readFile(gpu).contains(onCpu));
        const auto expected = runFile(*m_engine, cpu, input());
        VITRINE_VERIFY_OK(expected);

        const auto answer = runFile(*m_engine, gpu, input());

        VITRINE_VERIFY_OK(answer);
        QCOMPARE(*answer, *expected);
        QVERIFY(answer->size() == 3 && answer->at(1) != 0);
    }

    void variantsAreBuiltFromIt()
    {
        const QString cpu = save(false, false);
        const auto expected = runFile(*m_engine, cpu, input());
        VITRINE_VERIFY_OK(expected);
        const auto builder = m_engine->factory()->fromScript(movedToGpu(cpu), {});
        VITRINE_VERIFY_OK(builder);
        const QString built = m_folder.filePath(u"scripted.pt"_s);
        VITRINE_VERIFY_OK(writeFile(**builder, VariantKind::Scripted, built));
        QVERIFY(!readFile(built).contains("cuda"));
        const auto answer = runFile(*m_engine, built, input());
        VITRINE_VERIFY_OK(answer);
        QCOMPARE(*answer, *expected);
    }

private:
    QString save(bool frozen, bool lite)
    {
        torch::jit::Module module("Model");
        module.register_parameter("w", at::arange(27).to(at::kFloat).reshape({3, 3, 1, 3}), false);
        module.define(source);
        module.eval();
        if (frozen)
            module = torch::jit::freeze(module);
        const QString path = m_folder.filePath(u"model%1.pt"_s.arg(++m_saved));
        if (lite)
            module._save_for_mobile(path.toStdString());
        else
            module.save(path.toStdString());
        return path;
    }

    static InputTensor input()
    {
        InputTensor tensor{3, 8, 8, std::vector<float>(std::size_t(3 * 8 * 8))};
        std::iota(tensor.values.begin(), tensor.values.end(), 0.0F);
        return tensor;
    }

    std::unique_ptr<Engine> m_engine;
    QTemporaryDir m_folder;
    int m_saved = 0;
};

QTEST_GUILESS_MAIN(TestGpuScripts)
#include "tst_gpu_scripts.moc"
