#include "core/base/literals.h"
#include "core/checkpoint/checkpoint.h"
#include "core/checkpoint/identify.h"
#include "tests/support/files.h"
#include "tests/support/test_data.h"

#include <QTemporaryDir>
#include <QTest>

using namespace vitrine;
using namespace vitrine::test;

namespace {

template <std::size_t size>
QByteArray bytes(const char (&text)[size])
{
    return QByteArray(text, size - 1);
}

/// A protobuf field of fewer than 128 bytes.
QByteArray field(int number, const QByteArray& content)
{
    QByteArray tag;
    for (int rest = number << 3 | 2; rest > 0; rest >>= 7)
        tag.append(char(rest > 0x7F ? (rest & 0x7F) | 0x80 : rest));
    return tag + char(content.size()) + content;
}

QByteArray tar(const QList<std::pair<QByteArray, QByteArray>>& files)
{
    QByteArray archive;
    for (const auto& [name, content] : files) {
        QByteArray header(512, '\0');
        header.replace(0, name.size(), name);
        header.replace(124, 11, QByteArray::number(content.size(), 8).rightJustified(11, '0'));
        header[156] = '0';
        header.replace(257, 5, "ustar");
        header.replace(148, 8, QByteArray(8, ' '));
        int sum = 0;
        for (const char value : header)
            sum += uchar(value);
        header.replace(148, 7, QByteArray::number(sum, 8).rightJustified(6, '0') + '\0');
        archive += header + content.leftJustified((content.size() + 511) / 512 * 512, '\0');
    }
    return archive + QByteArray(1024, '\0');
}

QByteArray gzip(const QByteArray& content)
{
    const QByteArray packed = qCompress(content); // 4 bytes of Qt's, 2 of zlib's, the data, 4 of the checksum
    return bytes("\x1f\x8b\x08\0\0\0\0\0\0\3") + packed.mid(6).chopped(4) + QByteArray(8, '\0');
}

const QByteArray graphNode = field(1, field(1, "input") + field(2, "Placeholder"));

} // namespace

class TestForeignFiles : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void namesFile_data();
    void namesFile();
    void namesArchive_data();
    void namesArchive();
    void namesFolder_data();
    void namesFolder();
    void quotesTexts_data();
    void quotesTexts();
    void seesDamageByTextMode_data();
    void seesDamageByTextMode();
    void tellsOtherVersions_data();
    void tellsOtherVersions();
    void namesRealFiles_data();
    void namesRealFiles();

private:
    QString reason(const QString& path)
    {
        const Result<FileIdentity> identity = identify(path);
        if (!identity)
            return "unreadable";
        const std::optional<Error> error = whyNotLoadable(*identity);
        return error ? error->message : QString();
    }
    QString reasonFor(const QByteArray& content)
    {
        return reason(writeFile(m_folder.filePath("model.bin"), content));
    }
    QTemporaryDir m_folder;
};

#define VERIFY_SAYS(message, words) QVERIFY2((message).contains(words), qPrintable(message))

void TestForeignFiles::namesFile_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("step");
    const auto row = [](const char* name, const QByteArray& content, const char* step) {
        QTest::newRow(name) << content << QString() << step;
    };
    const auto named = [](const char* format, const QByteArray& content, const char* name, const char* step) {
        QTest::newRow(format) << content << name << step;
    };
    row("ExecuTorch", bytes("\x3c\0\0\0ET12eh00\x18\0\0\0"), "torch.jit.trace");
    named("data of ExecuTorch", bytes("\x3c\0\0\0FT01"), "ExecuTorch", "torch.jit.trace");
    named("lite model as a flatbuffer", bytes("\x18\0\0\0PTMF"), "flatbuffer", "_use_flatbuffer=False");
    row("TensorFlow Lite", bytes("\x1c\0\0\0TFL3"), "runs PyTorch models");
    row("ONNX Runtime", bytes("\x1c\0\0\0ORTM"), "torch.jit.trace");
    row("HDF5", bytes("\x89HDF\r\n\x1a\n"), "runs PyTorch models");
    row("GGUF", bytes("GGUF\3\0\0\0"), "image classifiers");
    row("GGML", bytes("lmgg\1\0\0\0"), "torch.jit.trace");
    row("TensorRT", bytes("ftrt\0\0\0\0"), "torch.jit.trace");
    row("RKNN", bytes("RKNN\0\0\0\0"), "torch.jit.trace");
    named("weights of ncnn", bytes("\x47\x6b\x30\x01\0\0"), "ncnn", "torch.jit.trace");
    row("NumPy", bytes("\x93NUMPY\1\0v\0"), "state_dict");
    row("xz", bytes("\xfd\x37zXZ\0\0\4"), "unpack");
    row("zstd", bytes("\x28\xb5\x2f\xfd\0\0"), "unpack");
    row("bzip2", bytes("BZh91AY&SY\x01"), "unpack");
    row("LZ4", bytes("\x04\x22\x4d\x18\x01"), "unpack");
    row("7z", bytes("7z\xbc\xaf\x27\x1c\0\4"), "unpack");
    row("RAR", bytes("Rar!\x1a\x07\1\0"), "unpack");
    named("program",
          bytes("\x7f"
                "ELF\2\1\1\0"),
          "a program", "image classifiers");
    named("OpenVINO", "<?xml version=\"1.0\"?>\n<net name=\"a\" version=\"11\">\n<layers>\n", "OpenVINO",
          "torch.jit.trace");
    row("ncnn", "7767517\n75 83\nInput data 0 1 data\n", "torch.jit.trace");
    named("TensorFlow.js", R"({"format": "layers-model", "modelTopology": {}})", "TensorFlow.js",
          "PyTorch models");
    row("DVC", "outs:\n- md5: 0123\n  size: 5\n  path: model.pt\n", "dvc pull");
    named("pickle of something else", bytes("\x80\x04]\x94."), "pickle", "state_dict");

    const QByteArray opset = field(8, field(1, "") + bytes("\x10\x0d"));
    named("ONNX with its version first", bytes("\x08\x03") + field(2, "someone") + field(7, "\x0a\x01\x01"),
          "ONNX", "torch.jit.trace");
    named("ONNX with its operators first", opset + field(7, "\x0a\x01\x01") + bytes("\x08\x08"), "ONNX",
          "torch.jit.trace");
    named("ONNX with its graph first", field(7, "\x0a\x01\x01") + opset, "ONNX", "torch.jit.trace");
    named("ONNX that is cut off", bytes("\x08\x07") + bytes("\x3a\xff\xff\x7f\x0a\x01"), "ONNX",
          "torch.jit.trace");
    named("CoreML", bytes("\x08\x04") + field(2, field(1, field(1, "image"))) + field(500, "abc"), "CoreML",
          "torch.jit.trace");
    named("CoreML whose description says little", bytes("\x08\x01") + field(2, "") + field(300, "abc"),
          "CoreML", "torch.jit.trace");
    named("TensorFlow graph", graphNode + bytes("\x22\x02\x08\x1b"), "TensorFlow graph", "PyTorch models");
    named("TensorFlow graph with its description", field(1, bytes("\x12\x01\x01")) + field(2, graphNode),
          "TensorFlow graph", "PyTorch models");
    named("SavedModel", bytes("\x08\x01") + field(2, field(1, field(4, "serve")) + field(2, graphNode)),
          "SavedModel", "PyTorch models");
    named("Caffe", field(1, "AlexNet") + field(100, "abc"), "Caffe", "PyTorch models");
    named("MNN",
          bytes("\x18\0\0\0\0\0\0\0\x10\0\x1c\0\4\0\x08\0\x0c\0\x10\0\x14\0\0\0\x10\0\0\0\0\0\0\0\0\0\0\0"),
          "MNN", "torch.jit.trace");

    named("gzip", gzip("abc"), "gzip", "gzip -d");
    named("gzip that is damaged", bytes("\x1f\x8b\x08\0\0\0\0\0\0\3\xff\xff\xff\xff"), "gzip", "gzip -d");
    named("tar", tar({{"a/README", "hi"}, {"a/deit.pth", "weights"}}),
          "a tar archive (it holds \"a/deit.pth\" and others)", "tar -xf");
    named("tar of one file with a name that would obey", tar({{"a\x1b[2Jb", "hi"}}), "\"a\\x1b[2Jb\");",
          "tar -xf");
    named("tar within gzip", gzip(tar({{"deit.pth", "weights"}})), "gzip (it holds \"deit.pth\")",
          "tar -xzf");
    named("tar of the first PyTorch", tar({{"sys_info", "a"}, {"pickle", "b"}}), "first releases",
          "save it again");

    const char* const asPng = "PNG or JPEG";
    row("HEIC",
        bytes("\0\0\0\x18"
              "ftypheic\0\0\0\0mif1heic"),
        asPng);
    named("HEIC of another brand",
          bytes("\0\0\0\x18"
                "ftypmif1\0\0\0\0mif1heic"),
          "HEIC", asPng);
    named("AVIF of another brand",
          bytes("\0\0\0\x18"
                "ftypmif1\0\0\0\0mif1avif"),
          "AVIF", asPng);
    row("AVIF",
        bytes("\0\0\0\x18"
              "ftypavif\0\0\0\0"),
        asPng);
    row("JPEG XL", bytes("\xff\x0a\xfa\x7f\1\2\3\4"), asPng);
    named("JPEG XL in a container", bytes("\0\0\0\x0cJXL \r\n\x87\n"), "JPEG XL", asPng);
    row("JPEG 2000", bytes("\0\0\0\x0cjP  \r\n\x87\n"), asPng);
    named("JPEG 2000 without a container", bytes("\xff\x4f\xff\x51\0\x2f"), "JPEG 2000", asPng);
    named("Canon's RAW",
          bytes("\0\0\0\x18"
                "ftypcrx \0\0\0\1"),
          "RAW", asPng);
    named("Fujifilm's RAW", bytes("FUJIFILMCCD-RAW 0201"), "RAW", asPng);
    named("Photoshop", bytes("8BPS\0\1\0\0"), "Photoshop", asPng);
}

void TestForeignFiles::namesFile()
{
    QFETCH(QByteArray, content);
    QFETCH(QString, name);
    QFETCH(QString, step);
    const QString message = reasonFor(content);
    VERIFY_SAYS(message, name.isEmpty() ? QString(QTest::currentDataTag()) : name);
    VERIFY_SAYS(message, step);
    for (qsizetype length = 0; length < std::min<qsizetype>(content.size(), 64); ++length)
        QVERIFY(!reasonFor(content.left(length)).isEmpty());
}

void TestForeignFiles::namesArchive_data()
{
    QTest::addColumn<QStringList>("files");
    QTest::addColumn<QString>("words");
    QTest::newRow("Keras") << QStringList{"metadata.json", "config.json", "model.weights.h5"} << ".keras";
    QTest::newRow("NumPy") << QStringList{"a.npy", "b.npy"} << ".npz";
    QTest::newRow("SavedModel") << QStringList{"m/saved_model.pb", "m/variables/x"} << "SavedModel";
    QTest::newRow("CoreML") << QStringList{"m/Manifest.json", "m/Data/com.apple.CoreML/model.mlmodel"}
                            << "CoreML";
    QTest::newRow("TorchServe") << QStringList{"MAR-INF/MANIFEST.json", "model.pt"} << "TorchServe";
    QTest::newRow("TorchServe, its manifest later")
        << QStringList{"model.pt", "MAR-INF/MANIFEST.json"} << "TorchServe";
    QTest::newRow("packed model") << QStringList{"readme", "model.safetensors"}
                                  << "and others); if it wraps one";
    QTest::newRow("nothing") << QStringList{"a/"} << "holds no PyTorch model; if";
}

void TestForeignFiles::namesArchive()
{
    QFETCH(QStringList, files);
    QList<std::pair<QString, QByteArray>> entries;
    for (const QString& file : files)
        entries.append({file, "content"});
    const QString message = reason(writeZip(m_folder.filePath("model.zip"), entries));
    QFETCH(QString, words);
    VERIFY_SAYS(message, words);
}

void TestForeignFiles::namesFolder_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("words");
    QTest::newRow("SavedModel") << "saved_model.pb"
                                << "SavedModel";
    QTest::newRow("CoreML") << "Data/com.apple.CoreML/model.mlmodel"
                            << "CoreML package";
    QTest::newRow("compiled CoreML") << "coremldata.bin"
                                     << "compiled CoreML";
    QTest::newRow("unpacked PyTorch file") << "data.pkl"
                                           << "zip -0";
    QTest::newRow("anything") << "a.txt"
                              << "vitrine.json";
}

void TestForeignFiles::namesFolder()
{
    QFETCH(QString, file);
    QFETCH(QString, words);
    const QTemporaryDir folder;
    writeFile(folder.filePath(file), "content");
    const QString message = reason(folder.path());
    VERIFY_SAYS(message, words);
}

void TestForeignFiles::quotesTexts_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QString>("quote");
    const auto row = [](const char* name, const QByteArray& content, const QString& quote) {
        QTest::newRow(name) << content << quote;
    };
    row("answer of a server", "Invalid username or password.", "\"Invalid username or password.\"");
    row("first line only", "Not found\nmore\n", "\"Not found\"");
    row("JSON", R"({"error":"Repository not found"})", R"("{"error":"Repository not found"}")");
    row("JSON on several lines", "{\n  \"error\": \"gone\"\n}", R"("{ "error": "gone" }")");
    row("XML",
        "<?xml version=\"1.0\"?>\n<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>",
        "\"AccessDenied\"");
    row("XML without a message", "<?xml version=\"1.0\"?>\n<a><b/></a>", "\"<a><b/></a>\"");
    row("web page", "<!DOCTYPE html><html><head><title>Sign in</title></head>",
        "web page, saved instead of a model: "
        "\"Sign in\"");
    row("control characters", "a\x1b[31mb\b", "\"a\\x1b[31mb\\x08\"");
    row("text that turns round",
        "a\xE2\x80\xAE"
        "b",
        "\"a\\x202eb\"");
    row("long line", QByteArray(500, 'a'), u"\"%1...\""_s.arg(QString(120, 'a')));
    row("long text", QByteArray("first\n").repeated(2000), "begins with \"first\"");
    row("Latin-1", "K\xE4se", u"\"K\u00e4se\""_s);
    row("Git LFS pointer", "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 2300\n",
        "2300 bytes");
}

void TestForeignFiles::quotesTexts()
{
    QFETCH(QByteArray, content);
    QFETCH(QString, quote);
    const QString message = reasonFor(content);
    VERIFY_SAYS(message, quote);
}

void TestForeignFiles::seesDamageByTextMode_data()
{
    QTest::addColumn<QString>("file");
    for (const char* name : {"timm_plain.safetensors", "timm_distilled_zip.pth", "timm_legacy.pth"})
        QTest::newRow(name) << fixture(u"checkpoints/"_s + name);
    const QByteArray lines = QByteArray("x\n").repeated(40);
    QTest::newRow("TorchScript") << writeZip(m_folder.filePath("script.pt"),
                                             {{"m/data.pkl", lines}, {"m/code/a.py", lines}});
}

void TestForeignFiles::seesDamageByTextMode()
{
    QFETCH(QString, file);
    const QByteArray whole = readFile(file);
    QByteArray windows = whole;
    windows.replace("\n", "\r\n");
    const QString message = reasonFor(windows);
    VERIFY_SAYS(message, "CRLF");
    VERIFY_SAYS(message, "binary");
    QVERIFY(!reasonFor(whole).contains("CRLF"));
    const QString replaced = reasonFor(QString::fromUtf8(whole).toUtf8());
    QVERIFY2(!QString::fromUtf8(whole).contains(QChar(0xFFFD)) || file.endsWith("script.pt") ||
                 replaced.contains("UTF-8"),
             qPrintable(replaced));
}

void TestForeignFiles::tellsOtherVersions_data()
{
    QTest::addColumn<QByteArray>("version");
    QTest::addColumn<QByteArray>("bytecode");
    QTest::addColumn<QString>("words");
    const QByteArray method = bytes("X\x1c\0\0\0__torch__.Net.forward");
    const QByteArray protocol = bytes("\x80\x02");
    QTest::newRow("archive that is read") << QByteArray("10\n") << QByteArray() << "";
    QTest::newRow("newer archive") << QByteArray("11\n") << QByteArray()
                                   << "archive version 11; this reads up to 10";
    QTest::newRow("version that is no number") << QByteArray("new\n") << QByteArray() << "";
    QTest::newRow("lite format that is read") << QByteArray("3\n") << protocol + "K\x09" + method << "";
    QTest::newRow("newer lite format")
        << QByteArray("3\n") << protocol + "K\x0c" + method << "lite format 12; this reads 4 to 9";
    QTest::newRow("newer lite format, of several methods")
        << QByteArray("3\n") << protocol + "(K\x0c" + method << "_backport_for_mobile";
    QTest::newRow("far newer lite format")
        << QByteArray("3\n") << protocol + bytes("M\0\1") + method << "lite format 256";
    QTest::newRow("older lite format")
        << QByteArray("3\n") << protocol + "K\x03" + method << "older PyTorch (lite format 3";
    QTest::newRow("lite format without a version") << QByteArray("3\n") << protocol + "(" + method << "";
    QTest::newRow("lite format that is cut off") << QByteArray("3\n") << protocol + "K"
                                                 << "forward";
}

void TestForeignFiles::tellsOtherVersions()
{
    QFETCH(QByteArray, version);
    QFETCH(QByteArray, bytecode);
    QFETCH(QString, words);
    QList<std::pair<QString, QByteArray>> entries{
        {"m/data.pkl", "."}, {"m/code/a.py", "a"}, {"m/version", version}};
    if (!bytecode.isEmpty())
        entries.append({"m/bytecode.pkl", bytecode});
    const QString message = reason(writeZip(m_folder.filePath("model.ptl"), entries, ZipMethod::Deflated));
    if (words.isEmpty())
        QCOMPARE(message, QString());
    else
        VERIFY_SAYS(message, words);
}

void TestForeignFiles::namesRealFiles_data()
{
    QTest::addColumn<QString>("words");
    QTest::newRow("corey_model.pte") << "ExecuTorch";
    QTest::newRow("onnx_light_squeezenet.onnx") << "ONNX";
    QTest::newRow("frozen_graph.pb") << "TensorFlow";
    QTest::newRow("coreml.mlmodel") << "CoreML";
    QTest::newRow("sagemaker_model.tar.gz") << "\"model.pth\"";
    QTest::newRow("zstd.zst") << "zstd";
    QTest::newRow("safetensors_crlf.safetensors") << "CRLF";
    QTest::newRow("pth_crlf.pth") << "CRLF";
    QTest::newRow("hf_error.safetensors") << "Invalid username or password";
    QTest::newRow("g23_pth.gz") << "gzip";
    QTest::newRow("g23b_real.pth.tar") << "\"deit.pth\"";
    QTest::newRow("g23c.tar.gz") << "\"deit.pth\"";
    QTest::newRow("t_version11.pt") << "archive version 11";
    QTest::newRow("lite_bytecode12.ptl") << "lite format 12";
}

void TestForeignFiles::namesRealFiles()
{
    VITRINE_REQUIRE_REAL_DATA();
    QFETCH(QString, words);
    const QString message = reason(realData(u"found/"_s + QTest::currentDataTag()));
    VERIFY_SAYS(message, words);
}

QTEST_GUILESS_MAIN(TestForeignFiles)
#include "tst_foreign_files.moc"
