#include "tests/app/found_files.h"

using namespace vitrine;
using namespace vitrine::test;

/// Each line of found/README.tsv that is neither a checkpoint nor a script: files of other kinds, pictures,
/// labels.
class TestFoundFiles : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void whatIsNoModelIsNamed_data();
    void whatIsNoModelIsNamed();
    void picturesAreReadOrNamed_data();
    void picturesAreReadOrNamed();
    void labelsAreUnderstood_data();
    void labelsAreUnderstood();
};

void TestFoundFiles::initTestCase()
{
    VITRINE_REQUIRE_TORCH();
    VITRINE_REQUIRE_REAL_DATA();
}

void TestFoundFiles::whatIsNoModelIsNamed_data()
{
    const QString unpack = u"unpack it first"_s;
    const QString script = u"export that as TorchScript"_s;
    const QString crlf = u"line ends to those of Windows (CRLF)"_s;
    addRows({
        refused("g23_pth.gz", {u"packed with gzip"_s, unpack}),
        refused("g23b_real.pth.tar", {u"a tar archive (it holds \"deit.pth\")"_s, unpack}),
        refused("g23c.tar.gz", {u"a tar archive packed with gzip (it holds \"deit.pth\")"_s, unpack}),
        refused("sagemaker_model.tar.gz", {u"(it holds \"model.pth\")"_s, unpack}),
        refused("zstd.zst", {u"packed with zstd"_s, unpack}),
        refused("corey_model.pte", {u"an ExecuTorch program"_s, script}),
        refused("onnx_light_squeezenet.onnx", {u"an ONNX model"_s, script}),
        refused("coreml.mlmodel", {u"a CoreML model"_s, script}),
        refused("frozen_graph.pb", {u"a TensorFlow graph"_s, u"look for the same one"_s}),
        refused("safetensors_crlf.safetensors", {crlf, u"get it again"_s}),
        refused("pth_crlf.pth", {crlf, u"get it again"_s}),
        refused("hf_error.safetensors", {u"\"Invalid username or password.\""_s, u"download"_s}),
    });
}

void TestFoundFiles::whatIsNoModelIsNamed()
{
    QFETCH(FoundFile, found);
    verifyFound(found, classifyFound(realData(u"images/wolf/wolf.png"_s), foundFile(found.name)));
}

void TestFoundFiles::picturesAreReadOrNamed_data()
{
    addRows({
        answered("orient6.png", 270, 25.90, {u"white wolf"_s}),
        refused("float_gray_0_1.tif", {u"TIFF of 32-bit floating-point gray: this kind is not read"_s}),
        answered("float_rgb_0_255.tif", 679, 11.93, {u"vitrine: warning: "_s, u"above 1"_s}),
    });
}

void TestFoundFiles::picturesAreReadOrNamed()
{
    QFETCH(FoundFile, found);
    verifyFound(found, classifyFound(foundFile(found.name),
                                     realData(u"models/reference_variants/fbdeit_tiny_scripted.pt"_s)));
}

void TestFoundFiles::labelsAreUnderstood_data()
{
    addRows({
        answered("clsidx_python_dict.txt", 9, 75.08, {u"\"thing 9\""_s}),
        answered("class_to_idx.json", 9, 75.08, {u"\"thing 9\""_s}),
    });
}

void TestFoundFiles::labelsAreUnderstood()
{
    QFETCH(FoundFile, found);
    verifyFound(found, classifyFound(realData(u"images/wolf/wolf.png"_s), foundFile(u"t_tuple1.pt"_s),
                                     {u"--labels"_s, foundFile(found.name)}));
}

QTEST_APPLESS_MAIN(TestFoundFiles)
#include "tst_found_files.moc"
