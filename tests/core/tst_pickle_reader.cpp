#include "core/base/literals.h"
#include "core/checkpoint/pickle.h"

#include <QTest>

using namespace vitrine;

namespace {

QByteArray fourBytes(quint32 number)
{
    return {reinterpret_cast<const char*>(&number), sizeof(number)};
}

Bytes bytesOf(const QByteArray& pickle)
{
    return {reinterpret_cast<const std::byte*>(pickle.constData()), std::size_t(pickle.size())};
}

/// A value as text, two levels deep.
QString describe(const Pickle& pickle, PickleId id, int depth = 3)
{
    if (depth == 0)
        return u"..."_s;
    const auto all = [&](const std::vector<PickleId>& items) {
        QStringList parts;
        for (const PickleId item : items)
            parts.append(describe(pickle, item, depth - 1));
        return parts.join(',');
    };
    if (pickle.as<PickleNone>(id))
        return u"None"_s;
    if (const auto* value = pickle.as<bool>(id))
        return *value ? u"True"_s : u"False"_s;
    if (const auto* value = pickle.as<qint64>(id))
        return QString::number(*value);
    if (const auto* value = pickle.as<double>(id))
        return u"float "_s + QString::number(*value);
    if (const auto* value = pickle.as<QString>(id))
        return '"' + *value + '"';
    if (const auto* value = pickle.as<QByteArray>(id))
        return "b" + QString::fromLatin1(value->toHex());
    if (const auto* value = pickle.as<PickleBigInt>(id))
        return "big " + QString::fromLatin1(value->littleEndian.toHex());
    if (const auto* value = pickle.as<PickleSequence>(id)) {
        using Type = PickleSequence::Type;
        return (value->type == Type::Tuple  ? "("
                : value->type == Type::List ? "["
                                            : "{") +
               all(value->items) +
               (value->type == Type::Tuple  ? ")"
                : value->type == Type::List ? "]"
                                            : "}");
    }
    if (const auto* value = pickle.as<PickleDict>(id)) {
        QStringList parts;
        for (const auto& [key, item] : value->items)
            parts.append(describe(pickle, key, depth - 1) + ':' + describe(pickle, item, depth - 1));
        return '{' + parts.join(',') + '}';
    }
    if (const auto* value = pickle.as<PickleGlobal>(id))
        return value->name;
    if (const auto* value = pickle.as<PickleObject>(id))
        return value->callable + describe(pickle, value->arguments, depth - 1);
    return "persistent " + describe(pickle, pickle.as<PicklePersistent>(id)->id, depth - 1);
}

} // namespace

class TestPickleReader : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsEveryInstruction_data();
    void readsEveryInstruction();
    void explainsWhatItRefuses_data();
    void explainsWhatItRefuses();
    void namesHostileGlobal();
    void keepsForeignObjectsOpaque_data();
    void keepsForeignObjectsOpaque();
    void keepsWhatFillsAnObject();
    void readsOnePickleOfMany();
    void holdsPickleThatContainsItself();
    void limitsHostilePickles_data();
    void limitsHostilePickles();
};

void TestPickleReader::readsEveryInstruction_data()
{
    QTest::addColumn<QByteArray>("pickle");
    QTest::addColumn<QString>("value");
    const auto row = [](const char* name, const QByteArray& pickle, const char* value) {
        QTest::newRow(name) << QByteArray(pickle + '.') << value;
    };
    const QByteArray zero(1, '\0');
    row("protocol and frame", QByteArray("\x80\x04\x95\x02\0\0\0\0\0\0\0N", 12), "None");
    row("true", "\x88", "True");
    row("false", "\x89", "False");
    row("int of 4 bytes", QByteArray("J\xfe\xff\xff\xff"), "-2");
    row("int of 1 byte", "K\xff", "255");
    row("int of 2 bytes", "M\xff\xff", "65535");
    row("empty long", QByteArray("\x8a\0", 2), "0");
    row("negative long", "\x8a\x01\xff", "-1");
    row("long of 8 bytes", QByteArray("\x8a\x08\0\0\0\0\0\0\0\x40", 10), "4611686018427387904");
    row("long of 10 bytes", QByteArray("\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19", 12),
        "big 6cfc9c46f9206aa85019");
    row("long with a long length", QByteArray("\x8b") + fourBytes(1) + "\x05", "5");
    row("float", QByteArray("G\x3f\xf8\0\0\0\0\0\0", 9), "float 1.5");
    row("text", QByteArray("X") + fourBytes(3) + "abc", "\"abc\"");
    row("short text",
        "\x8c\x03"
        "abc",
        "\"abc\"");
    row("text with a long length", QByteArray("\x8d\x01\0\0\0\0\0\0\0a", 10), "\"a\"");
    row("text of Python 2",
        "U\x03"
        "abc",
        "\"abc\"");
    row("longer text of Python 2", QByteArray("T") + fourBytes(3) + "abc", "\"abc\"");
    row("bytes", "C\x02\xff\x01", "bff01");
    row("longer bytes", QByteArray("B") + fourBytes(1) + "\x07", "b07");
    row("bytes with a long length", QByteArray("\x8e\x01\0\0\0\0\0\0\0\x07", 10), "b07");
    row("byte array", QByteArray("\x96\x01\0\0\0\0\0\0\0\x07", 10), "b07");
    row("tuples", ")K\x01\x85K\x02K\x03\x86K\x04K\x05K\x06\x87(K\x07NtN(\x88l(tt", "");
    row("tuple of everything", "()K\x01\x85K\x02K\x03\x86t", "((),(1),(2,3))");
    row("tuple of three", "K\x04K\x05K\x06\x87", "(4,5,6)");
    row("list",
        "]K\x01"
        "a(K\x02K\x03"
        "e",
        "[1,2,3]");
    row("list from the stack", "(K\x01K\x02l", "[1,2]");
    row("dictionary", "}K\x01K\x02s(K\x03K\x04K\x05Nu", "{1:2,3:4,5:None}");
    row("dictionary from the stack",
        "(K\x01K\x02"
        "d",
        "{1:2}");
    row("set", "\x8f(K\x01K\x02\x90", "{1,2}");
    row("frozen set", "(K\x01\x91", "{1}");
    row("remembered value",
        QByteArray("]K\x01q\x05"
                   "ah\x05"
                   "a",
                   9),
        "[1,1]");
    row("value remembered far away", QByteArray("]K\x01r") + fourBytes(70000) + "aj" + fourBytes(70000) + "a",
        "[1,1]");
    row("value remembered by count",
        QByteArray("]\x94K\x01\x94"
                   "ah\x01"
                   "a",
                   9),
        "[1,1]");
    row("thrown away",
        "K\x01K\x02"
        "0",
        "1");
    row("mark thrown away", "K\x01(0", "1");
    row("everything to the mark thrown away",
        "K\x01(K\x02K\x03"
        "1",
        "1");
    row("doubled",
        "(K\x01"
        "2t",
        "(1,1)");
    row("ordered dictionary", "ccollections\nOrderedDict\n)R(K\x01K\x02u}b", "{1:2}");
    row("ordered dictionary of Python 2",
        "ccollections\nOrderedDict\n]](K\x01K\x02"
        "ea\x85R",
        "{1:2}");
    row("class named by the stack",
        "\x8c\x08"
        "argparse\x8c\x09Namespace\x93)\x81}b",
        "argparse.Namespace()");
    row("object with keywords", "cnumpy\ndtype\n)}\x92", "numpy.dtype()");
    row("unknown dictionary that is filled", "ccollections\ndefaultdict\n)R(K\x01K\x02u",
        "collections.defaultdict()");
    row("storage", "K\x05Q", "persistent 5");
}

void TestPickleReader::readsEveryInstruction()
{
    QFETCH(QByteArray, pickle);
    QFETCH(QString, value);
    const Result<Pickle> read = readPickle(bytesOf(pickle));
    if (value.isEmpty()) { // leftovers on the stack
        QVERIFY(!read);
        return;
    }
    QVERIFY2(read.ok(), read ? "" : qPrintable(read.error().message));
    QCOMPARE(describe(*read, read->root), value);
    QCOMPARE(read->size, std::size_t(pickle.size()));
    for (qsizetype length = 0; length < pickle.size(); ++length)
        QVERIFY(!readPickle(bytesOf(pickle.left(length))));
}

void TestPickleReader::explainsWhatItRefuses_data()
{
    QTest::addColumn<QByteArray>("pickle");
    QTest::addColumn<QString>("words");
    const auto row = [](const char* name, const QByteArray& pickle, const char* words) {
        QTest::newRow(name) << pickle << words;
    };
    row("nothing", "", "too early");
    row("no end", "N", "too early");
    row("empty stack", ".", "damaged");
    row("protocol of the future", "\x80\x06N.", "protocol");
    row("instruction of protocol 0", "I1\n.", "byte 0");
    row("instance of an old class", "(i__main__\nA\n.", "instruction");
    row("text longer than the file", QByteArray("X") + fourBytes(0xffffffff) + "a", "damaged");
    row("text of 2^64 bytes", QByteArray("\x8d\xff\xff\xff\xff\xff\xff\xff\xff", 9), "damaged");
    row("long longer than the file", QByteArray("\x8b") + fourBytes(0x80000000), "damaged");
    row("mark in the way", "K\x01(a.", "damaged");
    row("odd number of items", "}(K\x01u.", "damaged");
    row("item for a tuple",
        ")K\x01"
        "a.",
        "damaged");
    row("key for a list", "]K\x01K\x01s.", "damaged");
    row("nothing remembered there", "h\x05.", "damaged");
    row("call of a text",
        "\x8c\x01"
        "a)R.",
        "damaged");
    row("call without a tuple", "cargparse\nNamespace\nK\x01R.", "damaged");
    row("state for a number", "K\x01}b.", "damaged");
    row("class name without an end", "cargparse\nNamespace", "damaged");
    row("class name that never ends", "c" + QByteArray(100'000, 'a') + "\n\n.", "damaged");
    row("class named by numbers", "K\x01K\x02\x93.", "damaged");
    row("two values left", "NN.", "damaged");
    row("mark left", "N(.", "damaged");
}

void TestPickleReader::explainsWhatItRefuses()
{
    QFETCH(QByteArray, pickle);
    QFETCH(QString, words);
    const Result<Pickle> read = readPickle(bytesOf(pickle));
    QVERIFY(!read);
    QVERIFY2(read.error().message.contains(words), qPrintable(read.error().message));
}

void TestPickleReader::namesHostileGlobal()
{
    for (const char* pickle : {"cos\nsystem\n(\x8c\x02"
                               "ls\x85R.",
                               "\x8c\x02os\x8c\x06system\x93\x8c\x02ls\x85R."}) {
        const Result<Pickle> read = readPickle(bytesOf(pickle));
        QVERIFY(!read);
        QCOMPARE(read.error().kind, ErrorKind::Unsupported);
        QVERIFY(read.error().message.contains("os.system"));
    }
    for (const char* name : {"builtins.eval", "__builtin__.exec", "builtins.__import__", "posix.system",
                             "subprocess.Popen", "runpy._run_code"})
        QVERIFY2(isHostilePickleGlobal(name), name);
    for (const char* name :
         {"builtins.getattr", "builtins.set", "osgeo.Thing", "torch._utils._rebuild_tensor_v2"})
        QVERIFY2(!isHostilePickleGlobal(name), name);
}

void TestPickleReader::keepsForeignObjectsOpaque_data()
{
    QTest::addColumn<QByteArray>("pickle");
    QTest::addColumn<QString>("value");
    QTest::newRow("class of a library")
        << QByteArray("ctorch.optim.adam\nAdam\n.") << "torch.optim.adam.Adam";
    QTest::newRow("enumeration of TorchScript")
        << QByteArray("c__torch__\nColor\nK\x01R.") << "__torch__.Color(1)";
    QTest::newRow("date") << QByteArray("cdatetime\ndatetime\n\x8c\x01x\x85R.") << "datetime.datetime(\"x\")";
    QTest::newRow("what a function would have returned")
        << QByteArray("cbuiltins\ngetattr\n)RK\x01\x85R.") << "builtins.getattr()(1)";
    QTest::newRow("list of a library") << QByteArray("clib\nList\n)\x81(K\x01K\x02"
                                                     "e.")
                                       << "lib.List()";
    QTest::newRow("module of an old release") << QByteArray("(\x8c\x06module"
                                                            "cvit\nViT\nNNtQ)\x81}b.")
                                              << "vit.ViT()";
}

void TestPickleReader::keepsForeignObjectsOpaque()
{
    QFETCH(QByteArray, pickle);
    const Result<Pickle> read = readPickle(bytesOf(pickle));
    QVERIFY2(read.ok(), read ? "" : qPrintable(read.error().message));
    QTEST(describe(*read, read->root), "value");
}

void TestPickleReader::keepsWhatFillsAnObject()
{
    const Result<Pickle> read = readPickle(bytesOf("clib\nBox\n)\x81K\x01K\x02s}K\x03K\x04sb."));
    QVERIFY(read);
    const auto* entries = read->entries(read->root);
    QVERIFY(entries && entries->size() == 1);
    QCOMPARE(describe(*read, entries->front().second), "2");
    QCOMPARE(describe(*read, read->as<PickleObject>(read->root)->state.value()), "{3:4}");
}

void TestPickleReader::readsOnePickleOfMany()
{
    const Result<Pickle> read = readPickle(bytesOf("K\x01.K\x02."));
    QVERIFY(read);
    QCOMPARE(read->size, std::size_t(3));
    QCOMPARE(describe(*read, read->root), "1");
}

void TestPickleReader::holdsPickleThatContainsItself()
{
    const Result<Pickle> read = readPickle(bytesOf(QByteArray("]\x94h\0a.", 6)));
    QVERIFY(read);
    QCOMPARE(describe(*read, read->root), "[[[...]]]");
}

void TestPickleReader::limitsHostilePickles_data()
{
    QTest::addColumn<QByteArray>("pickle");
    QTest::newRow("millions of values") << QByteArray(4'000'000, 'N');
    QTest::newRow("millions of marks") << QByteArray(4'000'000, '(');
    QTest::newRow("millions of copies") << 'N' + QByteArray(4'000'000, '2');
    QTest::newRow("nested a million deep") << QByteArray(1'100'000, ']') + QByteArray(1'099'999, 'a') + '.';
    QTest::newRow("remembered millions of times") << 'N' + QByteArray(4'000'000, '\x94');
    // Five bytes a call would copy the list each time.
    QByteArray calls = "ccollections\nOrderedDict\nq";
    calls += QByteArray("\0]q\1(", 5) + QByteArray(100'000, 'N') + "e0(";
    for (int i = 0; i < 100'000; ++i)
        calls += QByteArray("h\0h\1\x85R", 6);
    QTest::newRow("a list copied again and again") << calls;
}

void TestPickleReader::limitsHostilePickles()
{
    QFETCH(QByteArray, pickle);
    const Result<Pickle> read = readPickle(bytesOf(pickle));
    QVERIFY(!read);
    QCOMPARE(read.error().kind, ErrorKind::TooLarge);
}

QTEST_GUILESS_MAIN(TestPickleReader)
#include "tst_pickle_reader.moc"
