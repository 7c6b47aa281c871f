#include "core/base/literals.h"
#include "core/checkpoint/script_contents.h"
#include "core/checkpoint/script_finite.h"
#include "core/model/variant_set.h"
#include "tests/support/files.h"
#include "tests/support/pickle_writer.h"
#include "tests/support/test_data.h"

#include <QTemporaryDir>
#include <QTest>

using namespace vitrine;
using namespace vitrine::test;

namespace {

using Entries = QList<std::pair<QString, QByteArray>>;

/// A class of one forward.
QByteArray classWith(const QByteArray& arguments, const QByteArray& result, const QByteArray& body)
{
    return "class Net(Module):\n  training : bool\n  def forward(self: __torch__.Net" +
           (arguments.isEmpty() ? QByteArray() : ",\n    " + arguments) + ") -> " + result + ":\n" + body;
}

const QByteArray plainCode = classWith("x: Tensor", "Tensor", "    return torch.relu(x)\n");

QByteArray net(const QList<std::pair<QByteArray, QByteArray>>& members = {})
{
    return wholePickle(pickledObject("__torch__", "Net", pickledDictionary(members)));
}

QByteArray zeros(qsizetype elements)
{
    return QByteArray(elements * 4, '\0');
}

/// (("name", name), ("type", type), ("default_value", None))
QByteArray liteArgument(const QByteArray& name, const QByteArray& type)
{
    return pickledTuple({pickledTuple({pickledText("name"), pickledText(name)}),
                         pickledTuple({pickledText("type"), pickledText(type)}),
                         pickledTuple({pickledText("default_value"), pickledNone()})});
}

/// The bytecode of a forward that takes `type` and calls these operators.
QByteArray bytecode(const QByteArray& type, const QList<QByteArray>& operators)
{
    QList<QByteArray> table;
    for (const QByteArray& name : operators)
        table << pickledTuple({pickledText(name), pickledText(""), pickledNumber(1)});
    const QByteArray code = pickledTuple({pickledTuple({pickledText("operators"), pickledTuple(table)})});
    const QByteArray arguments =
        pickledTuple({liteArgument("self", "__torch__.Net"), liteArgument("x", type)});
    const QByteArray schema =
        pickledTuple({pickledTuple({pickledText("arguments"), arguments}),
                      pickledTuple({pickledText("returns"), pickledTuple({liteArgument("", "Tensor")})})});
    return wholePickle(
        pickledTuple({pickledNumber(8), pickledTuple({pickledText("__torch__.Net.forward"), code, schema})}));
}

QByteArray repeated(const QByteArray& text, qsizetype times)
{
    return text.repeated(times);
}

} // namespace

class TestScriptContents : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void namesOperators();
    void followsCallsFromForward();
    void namesOperatorsOnFiles_data();
    void namesOperatorsOnFiles();
    void countsWeights();
    void tellsInput_data();
    void tellsInput();
    void tellsTracedInput_data();
    void tellsTracedInput();
    void namesWeightsThatAreNotFinite_data();
    void namesWeightsThatAreNotFinite();
    void readsBytecode();
    void saysWhatForwardWants_data();
    void saysWhatForwardWants();
    void saysWhatLiteForwardWants_data();
    void saysWhatLiteForwardWants();
    void namesOperatorsOfPackages();
    void refusesOperatorsOnFiles();
    void refusesHostileArchives_data();
    void refusesHostileArchives();
    void seesEveryFlippedByte();
    void letsOtherFilesPass();
    void countsRealWeights_data();
    void countsRealWeights();
    void refusesRealLiteInputs_data();
    void refusesRealLiteInputs();

private:
    QString path() const { return m_folder.filePath(u"net.pt"_s); }
    QString script(const QByteArray& code, const QByteArray& data = net(), const Entries& more = {},
                   ZipMethod method = ZipMethod::Stored) const
    {
        return writeZip(path(),
                        Entries{{u"net/data.pkl"_s, data},
                                {u"net/code/__torch__.py"_s, code},
                                {u"net/constants.pkl"_s, wholePickle(pickledTuple({}))},
                                {u"net/version"_s, "3\n"}} +
                            more,
                        method);
    }
    QString lite(const QByteArray& content) const
    {
        return script({}, net(), {{u"net/bytecode.pkl"_s, content}});
    }
    QTemporaryDir m_folder;
};

void TestScriptContents::namesOperators()
{
    const auto read = readScriptContents(script(classWith("x: Tensor", "Tensor", R"(
    # torch.neg(x)
    _0 = "ops.prepacked.conv2d_clamp_run( torch.abs("
    y = annotate(List[int], [])
    z = torch.size(x)[0]
    B = _1[0]
    w = ops.quantized.linear_dynamic(torch.relu(x), CONSTANTS.c0, True)
    _2 = torch.add_(w, int(1.5e-05))
    return torch.to(w, ops.prim.dtype(x))
)")));
    QVERIFY2(read, qPrintable(read ? QString() : read.error().message));
    QCOMPARE(read->operators,
             (QStringList{u"aten::Int"_s, u"aten::__getitem__"_s, u"aten::add_"_s, u"aten::relu"_s,
                          u"aten::size"_s, u"aten::to"_s, u"quantized::linear_dynamic"_s}));
    QVERIFY(read->fileOperators.isEmpty());
    QCOMPARE(read->forward->text(), u"forward(x: Tensor) -> Tensor"_s);
}

void TestScriptContents::followsCallsFromForward()
{
    const QByteArray code =
        classWith("x: Tensor", "Tensor", "    _0 = __torch__.helper\n    return (self).inner(_0(x, ), )\n") +
        "  def inner(self: __torch__.Net,\n    x: Tensor) -> Tensor:\n"
        "    return torch.relu(x)\n"
        "  def unused(self: __torch__.Net,\n    x: Tensor) -> Tensor:\n"
        "    return torch.abs(x)\n"
        "def helper(x: Tensor) -> Tensor:\n  return torch.neg(x)\n";
    const auto read = readScriptContents(script(code));
    QVERIFY(read);
    QCOMPARE(read->operators, (QStringList{u"aten::neg"_s, u"aten::relu"_s}));
}

void TestScriptContents::namesOperatorsOnFiles_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QString>("named");
    QTest::newRow("as it is written by PyTorch")
        << QByteArray("torch.save(x, \"/tmp/x\")") << u"aten::save"_s;
    QTest::newRow("reading") << QByteArray("y = torch.from_file(\"/etc/passwd\", False, 10)")
                             << u"aten::from_file"_s;
    QTest::newRow("by its namespace") << QByteArray("ops.aten.save(x, \"/tmp/x\")") << u"aten::save"_s;
    QTest::newRow("spaced out") << QByteArray("torch . save (x, \"/tmp/x\")") << u"aten::save"_s;
    QTest::newRow("under another name") << QByteArray("f = torch.save") << u"aten::save"_s;
    QTest::newRow("of a module under another name")
        << QByteArray("(t).save(x, \"/tmp/x\")") << u"aten::save"_s;
    QTest::newRow("over the network") << QByteArray("y = ops.c10d.send(x)") << u"c10d::send"_s;
    QTest::newRow("on another machine")
        << QByteArray("y = rpc_async(\"other\", f, (x,))") << u"prim::rpc_async"_s;
    QTest::newRow("only named in a text") << QByteArray("y = \"torch.save(x)\"") << QString();
}

void TestScriptContents::namesOperatorsOnFiles()
{
    QFETCH(QByteArray, line);
    QFETCH(QString, named);
    const QByteArray restoring =
        "  def __setstate__(self: __torch__.Net,\n    x: Tensor) -> NoneType:\n    " + line +
        "\n    return None\n";
    const auto read = readScriptContents(script(plainCode + restoring));
    QVERIFY(read);
    QCOMPARE(read->fileOperators, named.isEmpty() ? QStringList() : QStringList{named});
    QCOMPARE(read->operators, QStringList{u"aten::relu"_s});
}

void TestScriptContents::countsWeights()
{
    const QByteArray quantizer = pickledTuple({pickledText("per_channel_affine"), pickled({"3", {5}}),
                                               pickled({"4", {5}, "LongStorage"}), pickledNumber(0)});
    const QByteArray data = net(
        {{"weight", pickled({"0", {2, 3}})},
         {"steps", pickled({"1", {7}, "LongStorage"})},
         {"packed", pickledObject("__torch__.torch.classes.quantized", "Packed",
                                  pickledTuple({pickled({"2", {5, 4}, "QInt8Storage", -1, quantizer})}))}});
    const QByteArray constants = wholePickle(pickledTuple({pickled({"0", {15}, "HalfStorage"})}));
    const auto read = readScriptContents(writeZip(path(), {{u"net/data.pkl"_s, data},
                                                           {u"net/code/__torch__.py"_s, plainCode},
                                                           {u"net/constants.pkl"_s, constants},
                                                           {u"net/data/0"_s, zeros(6)},
                                                           {u"net/constants/0"_s, zeros(8)}}));
    QVERIFY2(read, qPrintable(read ? QString() : read.error().message));
    QCOMPARE(read->parameters, 6 + 20 + 15);
}

void TestScriptContents::tellsInput_data()
{
    using Shapes = QList<QList<qint32>>;
    using Told = std::optional<int>;
    QTest::addColumn<Shapes>("shapes");
    QTest::addColumn<Told>("size");
    QTest::addColumn<Told>("channels");
    QTest::newRow("class token") << Shapes{{1, 1, 6}, {1, 5, 6}, {6, 3, 16, 16}} << Told(32) << Told(3);
    QTest::newRow("distilled") << Shapes{{1, 1, 6}, {1, 18, 6}, {6, 3, 8, 8}} << Told(32) << Told(3);
    QTest::newRow("no class token") << Shapes{{1, 196, 6}, {6, 1, 16, 16}} << Told(224) << Told(1);
    QTest::newRow("no square") << Shapes{{1, 8, 6}, {6, 3, 16, 16}} << Told() << Told(3);
    QTest::newRow("two tables") << Shapes{{1, 5, 6}, {1, 10, 6}, {6, 3, 16, 16}} << Told() << Told(3);
    QTest::newRow("convolutions") << Shapes{{8, 4, 3, 3}, {16, 8, 3, 3}} << Told() << Told(4);
    QTest::newRow("the first is not first")
        << Shapes{{16, 8, 3, 3}, {8, 1, 3, 3}, {8, 3, 3, 3}} << Told() << Told(3);
    QTest::newRow("depthwise convolutions first") << Shapes{{8, 1, 3, 3}, {16, 3, 3, 3}} << Told() << Told(3);
    QTest::newRow("gray convolutions") << Shapes{{6, 1, 5, 5}, {16, 6, 5, 5}} << Told() << Told(1);
    QTest::newRow("no convolution") << Shapes{{10, 3}} << Told() << Told();
    QTest::newRow("many channels only") << Shapes{{16, 8, 3, 3}} << Told() << Told();
}

void TestScriptContents::tellsInput()
{
    QFETCH(QList<QList<qint32>>, shapes);
    QList<std::pair<QByteArray, QByteArray>> members;
    for (qsizetype i = 0; i < shapes.size(); ++i)
        members.append({"w" + QByteArray::number(i), pickled({QByteArray::number(i), shapes[i]})});
    const QString path = script(plainCode, net(members));
    const auto read = readScriptContents(path);
    QVERIFY(read);
    QTEST(read->input.size, "size");
    QTEST(read->input.channels, "channels");
    const auto variant = readVariant(path);
    QVERIFY(variant);
    const int size = read->input.size.value_or(224);
    const bool isGray = read->input.channels == 1;
    QCOMPARE(variant->preprocessing,
             isGray ? Preprocessing::imageNetGray(size) : Preprocessing::imageNet(size));
    QCOMPARE(variant->notices.size(), isGray ? 1 : 0);
}

void TestScriptContents::tellsTracedInput_data()
{
    using Told = std::optional<int>;
    QTest::addColumn<QList<qint32>>("traced");
    QTest::addColumn<Told>("size");
    QTest::addColumn<Told>("channels");
    QTest::newRow("one picture") << QList<qint32>{1, 1, 48, 48} << Told(48) << Told(1);
    QTest::newRow("a batch") << QList<qint32>{8, 3, 96, 96} << Told(96) << Told(3);
    QTest::newRow("channels last") << QList<qint32>{1, 64, 64, 3} << Told(64) << Told(3);
    QTest::newRow("no square: the weights tell") << QList<qint32>{1, 3, 48, 64} << Told(32) << Told(3);
    QTest::newRow("no picture: the weights tell") << QList<qint32>{1, 7} << Told(32) << Told(3);
}

void TestScriptContents::tellsTracedInput()
{
    QFETCH(QList<qint32>, traced);
    const QByteArray weights =
        net({{"table", pickled({"0", {1, 5, 6}})}, {"patches", pickled({"1", {6, 3, 16, 16}})}});
    const QByteArray inputs =
        wholePickle(pickledDictionary({{"forward", pickledTuple({pickled({"0", traced})})}}));
    const auto read = readScriptContents(script(plainCode, weights, {{u"net/traced_inputs.pkl"_s, inputs}}));
    QVERIFY(read);
    QTEST(read->input.size, "size");
    QTEST(read->input.channels, "channels");
}

void TestScriptContents::namesWeightsThatAreNotFinite_data()
{
    QTest::addColumn<QByteArray>("storage");
    QTest::addColumn<QByteArray>("value");
    QTest::newRow("NaN") << QByteArray("FloatStorage") << QByteArray("\x00\x00\xC0\x7F", 4);
    QTest::newRow("infinity") << QByteArray("FloatStorage") << QByteArray("\x00\x00\x80\xFF", 4);
    QTest::newRow("a half") << QByteArray("HalfStorage") << QByteArray("\x00\x7E", 2);
    QTest::newRow("bfloat16") << QByteArray("BFloat16Storage") << QByteArray("\xC0\x7F", 2);
    QTest::newRow("a double") << QByteArray("DoubleStorage")
                              << QByteArray("\x00\x00\x00\x00\x00\x00\xF8\x7F", 8);
}

void TestScriptContents::namesWeightsThatAreNotFinite()
{
    QFETCH(QByteArray, storage);
    QFETCH(QByteArray, value);
    const QByteArray block = pickledObject("__torch__", "Block",
                                           pickledDictionary({{"good", pickled({"0", {3}, storage})},
                                                              {"weight", pickled({"1", {3}, storage})}}));
    const QByteArray zero(value.size(), '\0');
    const QString file =
        script(plainCode, net({{"blocks", pickledTuple({block})}}),
               {{u"net/data/0"_s, zero + zero + zero}, {u"net/data/1"_s, value + zero + value}});
    const auto found = tensorsNotFinite(file);
    QVERIFY(found);
    QCOMPARE(*found, (QMap<QString, qint64>{{u"blocks.0.weight"_s, 2}}));
    const auto variant = readVariant(file);
    QVERIFY(variant);
    QCOMPARE(variant->notices.size(), 1);
    QVERIFY2(variant->notices.front().startsWith(
                 u"blocks.0.weight is not finite (NaN or infinity: 2 of its numbers)"_s),
             qPrintable(variant->notices.front()));
}

void TestScriptContents::readsBytecode()
{
    const auto read = readScriptContents(
        lite(bytecode("Tensor", {"quantized::linear_dynamic", "aten::save", "aten::relu"})));
    QVERIFY(read);
    QCOMPARE(read->operators,
             (QStringList{u"aten::relu"_s, u"aten::save"_s, u"quantized::linear_dynamic"_s}));
    QCOMPARE(read->fileOperators, QStringList{u"aten::save"_s});
    QCOMPARE(read->forward->text(), u"forward(x: Tensor) -> Tensor"_s);
}

void TestScriptContents::saysWhatForwardWants_data()
{
    QTest::addColumn<QByteArray>("arguments");
    QTest::addColumn<QString>("wants");
    QTest::newRow("one tensor") << QByteArray("x: Tensor") << QString();
    QTest::newRow("one that may be left out") << QByteArray("x: Optional[Tensor]=None") << QString();
    QTest::newRow("a tensor among others") << QByteArray("x: Union[List[Tensor], Tensor]") << QString();
    QTest::newRow("a tensor and defaults")
        << QByteArray("x: Tensor,\n    y: Dict[str, int]={\"a\": 1, \"b\": 2},\n    z: str=\"a\"")
        << QString();
    QTest::newRow("list of tensors") << QByteArray("x: List[Tensor]") << u"wants a list of tensors instead"_s;
    QTest::newRow("list") << QByteArray("x: List[int]") << u"wants a list instead"_s;
    QTest::newRow("dictionary") << QByteArray("x: Dict[str, Tensor]") << u"wants a dictionary instead"_s;
    QTest::newRow("tuple") << QByteArray("x: Tuple[Tensor, Tensor]") << u"wants a tuple instead"_s;
    QTest::newRow("text") << QByteArray("x: str") << u"wants a text instead"_s;
    QTest::newRow("number") << QByteArray("x: int") << u"wants a number instead"_s;
    QTest::newRow("a class") << QByteArray("x: __torch__.Thing") << u"a value of type __torch__.Thing"_s;
    QTest::newRow("two tensors") << QByteArray("x: Tensor,\n    y: Tensor") << u"wants 2 inputs instead"_s;
    QTest::newRow("nothing") << QByteArray() << u"wants no input at all"_s;
}

void TestScriptContents::saysWhatForwardWants()
{
    QFETCH(QByteArray, arguments);
    QFETCH(QString, wants);
    const Status checked = checkBeforeRunning(script(classWith(arguments, "Tensor", "    return x\n")));
    QCOMPARE(checked.ok(), wants.isEmpty());
    if (wants.isEmpty())
        return;
    QCOMPARE(checked.error().kind, ErrorKind::Unsupported);
    QVERIFY2(checked.error().message.startsWith(u"net.pt "_s) && checked.error().message.contains(wants),
             qPrintable(checked.error().message));
    QVERIFY(checked.error().message.contains(u"[1, channels, height, width]"_s));
}

void TestScriptContents::saysWhatLiteForwardWants_data()
{
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QString>("wants");
    QTest::newRow("tensor") << QByteArray("Tensor") << QString();
    QTest::newRow("list of tensors") << QByteArray("List[Tensor]")
                                     << u"net.pt wants a list of tensors instead of one image tensor "
                                        "(forward(x: List[Tensor]) -> Tensor)"_s;
    QTest::newRow("text") << QByteArray("str") << u"net.pt wants a text instead"_s;
}

void TestScriptContents::saysWhatLiteForwardWants()
{
    QFETCH(QByteArray, type);
    QFETCH(QString, wants);
    const Status checked = checkBeforeRunning(lite(bytecode(type, {"aten::relu"})));
    QCOMPARE(checked.ok(), wants.isEmpty());
    if (!checked.ok())
        QVERIFY2(checked.error().message.startsWith(wants), qPrintable(checked.error().message));
}

void TestScriptContents::namesOperatorsOfPackages()
{
    const Status checked =
        checkBeforeRunning(lite(bytecode("List[Tensor]", {"aten::relu", "torchvision::nms"})));
    QVERIFY(!checked);
    QVERIFY2(checked.error().message.contains(u"without torchvision::nms, "_s),
             qPrintable(checked.error().message));
}

void TestScriptContents::refusesOperatorsOnFiles()
{
    const QString file = lite(bytecode("Tensor", {"aten::save"}));
    const Status refused = checkBeforeRunning(file);
    QVERIFY(!refused);
    QVERIFY2(refused.error().message.contains(u"aten::save"_s), qPrintable(refused.error().message));
    QVERIFY(checkBeforeRunning(file, FileOperators::Allowed));
}

void TestScriptContents::refusesHostileArchives_data()
{
    QTest::addColumn<QByteArray>("code");
    QTest::addColumn<QByteArray>("data");
    QTest::addColumn<QString>("words");
    const qsizetype deep = 20'000;
    const auto returning = [](const QByteArray& value) {
        return classWith("x: Tensor", "Tensor", "    y = " + value + "\n    return x\n");
    };
    QTest::newRow("a long sum") << returning(repeated("1+", deep) + '1') << net() << u"nested too deeply"_s;
    QTest::newRow("lists in lists") << returning(repeated("[", deep) + repeated("]", deep)) << net()
                                    << u"nested too deeply"_s;
    QTest::newRow("types in types") << returning("annotate(" + repeated("List[", deep) + "int" +
                                                 repeated("]", deep) + ", [])")
                                    << net() << u"nested too deeply"_s;
    QTest::newRow("members of members")
        << returning('x' + repeated(".a", deep)) << net() << u"nested too deeply"_s;
    QTest::newRow("tuples in tuples of the pickle")
        << plainCode << wholePickle('N' + repeated("\x85", deep)) << u"nested too deeply"_s;
    QTest::newRow("more values than a model has")
        << plainCode << wholePickle('(' + repeated("N", 1'100'000) + 't') << u"too many values"_s;
    QTest::newRow("a pickle that is cut off") << plainCode << net().chopped(3) << u"cut off"_s;
    QTest::newRow("too much code") << repeated(" ", 40 << 20) << net() << u"claims"_s;
    QTest::newRow("storage that is too short")
        << plainCode << net({{"weight", pickled({"version", {1000}})}}) << QString();
    QTest::newRow("a tensor beyond its data")
        << plainCode << net({{"weight", pickled({"0", {2, 3}, "FloatStorage", 5})}})
        << u"reaches beyond its data"_s;
}

void TestScriptContents::refusesHostileArchives()
{
    QFETCH(QByteArray, code);
    QFETCH(QByteArray, data);
    QFETCH(QString, words);
    const QString file = script(code, data, {{u"net/data/version"_s, zeros(10)}}, ZipMethod::Deflated);
    const auto read = readScriptContents(file);
    QVERIFY(!read);
    QVERIFY2(read.error().message.startsWith(u"net.pt"_s) && read.error().message.contains(words),
             qPrintable(read.error().message));
    QVERIFY(!checkBeforeRunning(file));
}

/// Whatever byte of an entry's content is another, it is told.
void TestScriptContents::seesEveryFlippedByte()
{
    const QByteArray weights = QByteArray("weights!").repeated(8);
    const QString file =
        script(plainCode, net({{"weight", pickled({"0", {16}})}}), {{u"net/data/0"_s, weights}});
    QVERIFY(checkBeforeRunning(file));
    const QByteArray whole = readFile(file);
    const qsizetype begin = whole.indexOf(weights);
    for (qsizetype i = 0; i < weights.size(); ++i) {
        QByteArray damaged = whole;
        damaged[begin + i] = char(damaged[begin + i] ^ 0x10);
        writeFile(file, damaged);
        const Status checked = checkBeforeRunning(file);
        QVERIFY(!checked);
        QVERIFY2(checked.error().message.contains(u"data/0"_s), qPrintable(checked.error().message));
    }
}

void TestScriptContents::letsOtherFilesPass()
{
    QVERIFY(checkBeforeRunning(writeFile(path(), "no archive at all")));
    QVERIFY(checkBeforeRunning(m_folder.filePath(u"nowhere.pt"_s)));
    QVERIFY(!readScriptContents(m_folder.filePath(u"nowhere.pt"_s)));
}

void TestScriptContents::countsRealWeights_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<qint64>("parameters");
    QTest::addColumn<int>("size");
    QTest::addColumn<int>("channels");
    const auto row = [](const char* file, qint64 parameters, int size, int channels) {
        QTest::newRow(file) << QString::fromLatin1(file) << parameters << size << channels;
    };
    for (const char* file : {"fbdeit_tiny_scripted.pt", "fbdeit_tiny_scripted_quantized_qnnpack.pt",
                             "fbdeit_tiny_optimized_scripted_quantized_onednn.pt",
                             "fbdeit_tiny_optimized_scripted_quantized_lite_qnnpack.ptl"})
        row(qPrintable(u"reference_variants/"_s + QLatin1String(file)), 5'717'416, 224, 3);
    row("vit4mnist/vit4mnist_float_optimized.pth", 213'643, 0, 0);
    row("vit4mnist/vit4mnist_optimized_quantized_lite.ptl", 213'643, 0, 0);
    row("mobilenet/mobilenet_quantized.pt", 3'487'816, 0, 3);
    row("mobilenet/mobilenet_quantized_lite_named_pt.pt", 3'487'816, 0, 3);
}

void TestScriptContents::countsRealWeights()
{
    VITRINE_REQUIRE_REAL_DATA();
    QFETCH(QString, file);
    QFETCH(int, size);
    QFETCH(int, channels);
    const auto read = readScriptContents(realData(u"models/"_s + file));
    QVERIFY2(read, qPrintable(read ? QString() : read.error().message));
    QTEST(read->parameters, "parameters");
    QCOMPARE(read->input.size.value_or(0), size);
    QCOMPARE(read->input.channels.value_or(0), channels);
    QVERIFY(read->forward && read->operators.size() > 5 && read->fileOperators.isEmpty());
    QVERIFY(checkBeforeRunning(realData(u"models/"_s + file)));
}

void TestScriptContents::refusesRealLiteInputs_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("wants");
    QTest::newRow("list") << u"lite_t_listin.ptl"_s << u"a list of tensors"_s;
    QTest::newRow("text") << u"lite_t_strin.ptl"_s << u"a text"_s;
    QTest::newRow("tuple") << u"lite_t_tuplein.ptl"_s << u"a tuple"_s;
}

void TestScriptContents::refusesRealLiteInputs()
{
    VITRINE_REQUIRE_REAL_DATA();
    QFETCH(QString, file);
    QFETCH(QString, wants);
    const Status checked = checkBeforeRunning(realData(u"found/"_s + file));
    QVERIFY(!checked);
    QVERIFY2(
        checked.error().message.startsWith(file + u" wants "_s + wants + u" instead of one image tensor"_s),
        qPrintable(checked.error().message));
}

QTEST_APPLESS_MAIN(TestScriptContents)
#include "tst_script_contents.moc"
