#include "core/model/variant.h"
#include "tests/support/files.h"
#include "tests/support/test_data.h"

#include <QTemporaryDir>
#include <QTest>

using namespace vitrine;
using namespace vitrine::test;

class TestLabels : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void namesEveryKind();
    void knowsNoOtherKind();
    void showsClassNumberWhereThereIsNoName();
    void readsEveryForm_data();
    void readsEveryForm();
    void explainsUnusableFiles_data();
    void explainsUnusableFiles();
    void explainsMissingFile();
    void readsImageNet_data();
    void readsImageNet();

private:
    QString file(const QByteArray& content) { return writeFile(m_folder.filePath("labels"), content); }
    QTemporaryDir m_folder;
};

void TestLabels::namesEveryKind()
{
    for (const VariantKind kind : allKinds())
        QCOMPARE(kindFromName(kindName(kind)), std::optional(kind));
    QCOMPARE(kindName(VariantKind::MobileOptimized), "mobile-optimized");
}

void TestLabels::knowsNoOtherKind()
{
    QVERIFY(!kindFromName("Original"));
    QVERIFY(!kindFromName(""));
}

void TestLabels::showsClassNumberWhereThereIsNoName()
{
    const Labels labels{"tench", ""};
    QCOMPARE(labelFor(labels, 0), "tench");
    QCOMPARE(labelFor(labels, 1), "class 1");
    QCOMPARE(labelFor(labels, 2), "class 2");
    QCOMPARE(labelFor({}, 7), "class 7");
    QCOMPARE(labelFor(labels, -1), "class -1");
}

void TestLabels::readsEveryForm_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QStringList>("labels");
    const QStringList two{"cat", "dog"};
    QTest::newRow("one name a line") << QByteArray("cat\ndog\n") << two;
    QTest::newRow("no newline at the end") << QByteArray("cat\ndog") << two;
    QTest::newRow("Windows line ends and a byte order mark") << QByteArray("\xEF\xBB\xBF"
                                                                           "cat\r\ndog\r\n")
                                                             << two;
    QTest::newRow("blank lines at the end") << QByteArray("cat\ndog\n\n \n") << two;
    QTest::newRow("blank line between keeps the count")
        << QByteArray("cat\n\ndog") << QStringList{"cat", "", "dog"};
    QTest::newRow("UTF-8") << QByteArray("K\xC3\xA4se\n") << QStringList{QString::fromUtf8("K\xC3\xA4se")};
    QTest::newRow("JSON array") << QByteArray(R"(["cat", "dog"])") << two;
    QTest::newRow("JSON array of pairs") << QByteArray(R"([["n1", "cat"], ["n2", "dog"]])") << two;
    QTest::newRow("JSON object, any order") << QByteArray(R"({"1": "dog", "0": "cat"})") << two;
    QTest::newRow("JSON object of pairs") << QByteArray(R"({"0": ["n1", "cat"], "1": ["n2", "dog"]})") << two;
    QTest::newRow("JSON object sorted as text")
        << QByteArray(
               R"({"0":"0","1":"1","10":"10","2":"2","3":"3","4":"4","5":"5","6":"6","7":"7","8":"8","9":"9"})")
        << QStringList{"0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10"};
    QTest::newRow("config.json of Hugging Face")
        << QByteArray(R"({"hidden_size": 192, "id2label": {"0": "cat", "1": "dog"}, "label2id": {}})") << two;
    QTest::newRow("config.json of Hugging Face with label2id alone")
        << QByteArray(R"({"hidden_size": 192, "label2id": {"dog": 1, "cat": 0}})") << two;
    QTest::newRow("config.json of timm")
        << QByteArray(R"({"architecture": "vit", "num_classes": 2, "label_names": ["cat", "dog"]})") << two;
    QTest::newRow("class_to_idx.json, turned round") << QByteArray(R"({"dog": 1, "cat": 0})") << two;
    QTest::newRow("class_to_idx.json of classes named by numbers")
        << QByteArray(R"({"0": 1, "7": 0})") << QStringList{"7", "0"};
    QTest::newRow("class_to_idx within an object")
        << QByteArray(R"({"epoch": 3, "class_to_idx": {"dog": 1, "cat": 0}})") << two;
    QTest::newRow("Python dictionary") << QByteArray("{0: 'cat',\n 1: 'dog'}") << two;
    QTest::newRow("Python dictionary with commas, quotes and a comma at the end")
        << QByteArray(
               "{0: 'tench, Tinca tinca',\n 1: \"Granny's {1: apple}\", 2: 'a \\'b\\'\\xe9\\u00e9',\n}\n")
        << QStringList{"tench, Tinca tinca", "Granny's {1: apple}", QString::fromUtf8("a 'b'\u00e9\u00e9")};
    QTest::newRow("Python dictionary of tuples")
        << QByteArray("{0: ('n1', 'cat'), 1: ('n2', u'dog')}") << two;
    QTest::newRow("Python dictionary, turned round") << QByteArray("{'dog': 1, 'cat': 0}") << two;
    QTest::newRow("Python list with comments")
        << QByteArray("['cat', # it's the first\n 'dog', # 'bird'\n]") << two;
    QTest::newRow("JSON with a comma at the end") << QByteArray("[\"cat\", \"dog\",]") << two;
    QTest::newRow("UTF-16 with a byte order mark") << QByteArray("\xFF\xFE"
                                                                 "c\0a\0t\0\r\0\n\0d\0o\0g\0",
                                                                 18)
                                                   << two;
    QTest::newRow("UTF-16, big end first") << QByteArray("\xFE\xFF\0c\0a\0t\0\n\0d\0o\0g", 16) << two;
    QTest::newRow("UTF-16 without a mark") << QByteArray("c\0a\0t\0\n\0d\0o\0g\0", 14) << two;
    QTest::newRow("JSON in UTF-16") << QByteArray("\xFF\xFE[\0\"\0a\0\"\0]\0", 12) << QStringList{"a"};
    QTest::newRow("Latin-1") << QByteArray("K\xE4se\n") << QStringList{QString::fromUtf8("K\xC3\xA4se")};
    QTest::newRow("Latin-1 with an apostrophe of Windows")
        << QByteArray("cat\x92s eye\n") << QStringList{QString::fromUtf8("cat\u2019s eye")};
    QTest::newRow("line ends of old Macintoshes") << QByteArray("cat\rdog\r") << two;
}

void TestLabels::readsEveryForm()
{
    QFETCH(QByteArray, content);
    QFETCH(QStringList, labels);
    const Result<Labels> read = readLabels(file(content));
    QVERIFY2(read.ok(), read ? "" : qPrintable(read.error().message));
    QCOMPARE(*read, labels);
}

void TestLabels::explainsUnusableFiles_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QString>("words");
    QTest::newRow("empty file") << QByteArray() << "empty";
    QTest::newRow("only blank lines") << QByteArray("\n\n") << "empty";
    QTest::newRow("empty JSON object") << QByteArray("{}") << "empty";
    QTest::newRow("not text") << QByteArray("cat\0dog", 7) << "UTF-8";
    QTest::newRow("picture") << QByteArray("\x89PNG\r\n\x1A\n\0\0\0\rIHDR", 16) << "UTF-8";
    QTest::newRow("half a character of UTF-16") << QByteArray("\xFF\xFE"
                                                              "c\0a",
                                                              5)
                                                << "UTF-8";
    QTest::newRow("byte that no encoding knows") << QByteArray("cat\x81\n") << "UTF-8";
    QTest::newRow("Git LFS pointer") << QByteArray(
                                            "version https://git-lfs.github.com/spec/v1\noid sha256:0\n")
                                     << "git lfs pull";
    QTest::newRow("saved web page") << QByteArray("\n<!DOCTYPE html>\n<html>") << "web page";
    QTest::newRow("broken JSON") << QByteArray(R"(["cat", )") << "JSON at byte";
    QTest::newRow("number in an array") << QByteArray(R"(["cat", 3])") << "entry 1";
    QTest::newRow("key that is no number") << QByteArray(R"({"cat": "0"})") << "\"cat\"";
    QTest::newRow("negative key") << QByteArray(R"({"-1": "cat"})") << "\"-1\"";
    QTest::newRow("huge key") << QByteArray(R"({"4000000000": "cat"})") << "class number";
    QTest::newRow("counted from one") << QByteArray(R"({"1": "cat", "2": "dog"})") << "class 0 has no name";
    QTest::newRow("hole in the numbers")
        << QByteArray(R"({"0": "cat", "2": "dog"})") << "class 1 has no name";
    QTest::newRow("two names of one number") << QByteArray(R"({"cat": 0, "dog": 0})") << "class number 0";
    QTest::newRow("number that is not whole") << QByteArray(R"({"cat": 0.5})") << "\"cat\"";
    QTest::newRow("negative number of a name") << QByteArray(R"({"cat": -1, "dog": 0})") << "\"cat\"";
    QTest::newRow("huge number of a name") << QByteArray(R"({"cat": 4e9})") << "\"cat\"";
    QTest::newRow("hole in the numbers of names")
        << QByteArray(R"({"cat": 0, "dog": 2})") << "class 1 has no name";
    QTest::newRow("set of Python") << QByteArray("{'cat', 'dog'}") << "JSON at byte";
    QTest::newRow("Python text that never ends") << QByteArray("{0: 'cat") << "JSON at byte";
    QTest::newRow("Python text that ends with a backslash") << QByteArray("{0: 'cat\\") << "JSON at byte";
    QTest::newRow("Python expression") << QByteArray("{0: open('cat').read()}") << "JSON at byte";
    QTest::newRow("brackets without end") << QByteArray(100'000, '(').prepend('[') << "JSON at byte";
    QTest::newRow("value that is no name") << QByteArray(R"({"0": {"name": "cat"}})") << "class 0";
}

void TestLabels::explainsUnusableFiles()
{
    QFETCH(QByteArray, content);
    QFETCH(QString, words);
    const Result<Labels> read = readLabels(file(content));
    QVERIFY(!read);
    QCOMPARE(read.error().kind, ErrorKind::Malformed);
    QVERIFY2(read.error().message.startsWith("labels: "), qPrintable(read.error().message));
    QVERIFY2(read.error().message.contains(words), qPrintable(read.error().message));
}

void TestLabels::explainsMissingFile()
{
    const Result<Labels> read = readLabels(m_folder.filePath("nowhere.txt"));
    QVERIFY(!read);
    QCOMPARE(read.error().kind, ErrorKind::NotFound);
    QVERIFY(!readLabels(m_folder.path()));
}

void TestLabels::readsImageNet_data()
{
    QTest::addColumn<QString>("name");
    QTest::newRow("text") << "labels/imagenet_classes.txt";
    QTest::newRow("JSON object of pairs") << "labels/serve_index_to_name.json";
}

void TestLabels::readsImageNet()
{
    VITRINE_REQUIRE_REAL_DATA();
    QFETCH(QString, name);
    const Result<Labels> read = readLabels(realData(name));
    QVERIFY(read);
    QCOMPARE(read->size(), 1000);
    QVERIFY(labelFor(*read, 269).contains("wolf"));
}

QTEST_GUILESS_MAIN(TestLabels)
#include "tst_labels.moc"
