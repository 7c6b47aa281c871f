#include "core/base/literals.h"
#include "core/report/columns.h"
#include "core/report/export.h"
#include "tests/support/sample_comparison.h"

#include <QJsonArray>
#include <QRegularExpression>
#include <QSet>
#include <QTest>

using namespace vitrine;
using vitrine::test::sampleComparison;

namespace {

QSet<QString> tableKeys()
{
    QSet<QString> keys;
    for (const Column& column : columnTable())
        keys.insert(QLatin1String(column.key));
    return keys;
}

const Column& column(const char* key)
{
    return *columnsOf(key).front();
}

/// Two variants of so many samples.
Comparison withSamples(int count)
{
    Comparison comparison = sampleComparison(2);
    for (VariantResult& result : comparison.variants)
        test::setSamples(result, 40, 1, count);
    test::judge(comparison);
    return comparison;
}

bool isStated(const Comparison& comparison, const Column& column)
{
    return statedValue(column, ResultRow::current(comparison, comparison.variants[1])).index() != 0;
}

QString csvFieldOf(const Comparison& comparison, const char* key)
{
    QStringList lines = toCsv(comparison).split(u"\r\n"_s);
    lines[2].remove(QRegularExpression(u"\"[^\"]*\""_s));
    return lines[2].split(u',')[lines[0].split(u',').indexOf(QLatin1String(key))];
}

} // namespace

class TestColumns : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keysAreUnique();
    void aListKeepsItsOrder();
    void titlesComeInPairs();
    void theHeaderOfCsvIsMadeOfKeys();
    void theJsonOfAVariantIsMadeOfKeys();
    void filesSayTheSame();
    void whatTooFewSamplesCarryIsWithheld_data();
    void whatTooFewSamplesCarryIsWithheld();
    void whatWasNotMeasuredIsNotWithheld();
    void aFieldOfEachType();
};

void TestColumns::keysAreUnique()
{
    QCOMPARE(tableKeys().size(), qsizetype(columnTable().size()));
}

void TestColumns::aListKeepsItsOrder()
{
    const ColumnList list = columnsOf("n name");
    QCOMPARE(list.size(), std::size_t{2});
    QCOMPARE(list[0]->key, "n");
    QCOMPARE(list[1]->key, "name");
}

void TestColumns::titlesComeInPairs()
{
    for (const Column& each : columnTable())
        QVERIFY2((each.title == nullptr) == (each.shortTitle == nullptr), each.key);
}

void TestColumns::theHeaderOfCsvIsMadeOfKeys()
{
    const QStringList header = toCsv(sampleComparison(1)).section(u"\r\n"_s, 0, 0).split(u',');
    QVERIFY(header.size() > 30);
    QCOMPARE(QSet<QString>(header.begin(), header.end()).size(), header.size());
    for (const QString& key : header)
        QVERIFY2(tableKeys().contains(key), qPrintable(key));
}

/// Besides what has more than one value.
void TestColumns::theJsonOfAVariantIsMadeOfKeys()
{
    QSet<QString> others{u"drift"_s,        u"operators"_s,     u"phases_ms"_s,
                         u"sample_flags"_s, u"sample_rounds"_s, u"sample_starts_ms"_s,
                         u"samples_ms"_s,   u"warmup_ms"_s,     u"warmup_starts_ms"_s,
                         u"warmup_stable"_s};
    const QJsonObject json = toJson(sampleComparison(1)).value(u"variants"_s)[0].toObject();
    for (const QString& key : json.keys())
        QVERIFY2(tableKeys().contains(key) || others.remove(key), qPrintable(key));
    QVERIFY(others.isEmpty());
}

void TestColumns::filesSayTheSame()
{
    const Comparison comparison = withSamples(samplesForP99);
    const QJsonObject json = toJson(comparison).value(u"variants"_s)[1].toObject();
    for (const char* key : {"n", "median_ms", "iqr_ms", "min_ms", "mean_ms", "p90_ms", "p99_ms", "ratio"}) {
        QVERIFY2(json.value(QLatin1String(key)).isDouble(), key);
        QCOMPARE(csvFieldOf(comparison, key), QString::number(json[QLatin1String(key)].toDouble(), 'g', 9));
    }
    QCOMPARE(csvFieldOf(comparison, "verdict"), json[u"verdict"].toString());
    QCOMPARE(csvFieldOf(comparison, "badge"), json[u"badge"].toString());
}

void TestColumns::whatTooFewSamplesCarryIsWithheld_data()
{
    QTest::addColumn<QString>("key");
    for (const Column& each : columnTable())
        if (each.leastSamples > 0 || each.leastRounds > 0)
            QTest::newRow(each.key) << QString::fromLatin1(each.key);
}

void TestColumns::whatTooFewSamplesCarryIsWithheld()
{
    QFETCH(QString, key);
    const Column& asked = column(key.toLatin1().constData());
    const int least = std::max(asked.leastSamples, asked.leastRounds);
    const Comparison few = withSamples(least - 1);
    const Comparison enough = withSamples(least);
    QVERIFY(!isStated(few, asked));
    QVERIFY(!whyWithheld(asked, few.variants[1]).isEmpty());
    QVERIFY(isStated(enough, asked));
    QVERIFY(whyWithheld(asked, enough.variants[1]).isEmpty());
    // Files hold the quartiles of any number of samples, which they hold themselves.
    const Cell inFile = asked.value(ResultRow::current(few, few.variants[1]));
    QCOMPARE(jsonValue(inFile).isNull(), key != u"iqr_ms"_s);
    QCOMPARE(csvField(inFile).isEmpty(), key != u"iqr_ms"_s);
}

void TestColumns::whatWasNotMeasuredIsNotWithheld()
{
    Comparison comparison = sampleComparison(1);
    test::setSamples(comparison.variants[0], 1, 0, 0);
    comparison.variants[0].verdict = Verdict::Unmeasured;
    for (const Column& each : columnTable())
        QVERIFY2(whyWithheld(each, comparison.variants[0]).isEmpty(), each.key);
    const ResultRow row = ResultRow::current(comparison, comparison.variants[0]);
    for (const char* key : {"median_ms", "iqr_ms", "p90_ms", "ratio", "verdict", "badge"})
        QVERIFY2(column(key).value(row).index() == 0, key);
    QCOMPARE(std::get<qint64>(column("n").value(row)), 0);
}

void TestColumns::aFieldOfEachType()
{
    QCOMPARE(csvField({}), QString());
    QVERIFY(jsonValue({}).isNull());
    QCOMPARE(csvField(qint64{40'000'000'000}), u"40000000000"_s);
    QCOMPARE(csvField(1.0 / 3), u"0.333333333"_s);
    QCOMPARE(csvField(u"a \"b\", c"_s), u"\"a \"\"b\"\", c\""_s);
    QCOMPARE(csvField(Word{u"faster"_s, u"schneller"_s}), u"faster"_s);
    QCOMPARE(jsonValue(Word{u"faster"_s, u"schneller"_s}), QJsonValue(u"faster"_s));
    QCOMPARE(jsonValue(Interval{0.5, 2}), QJsonValue(QJsonArray{0.5, 2.0}));
}

QTEST_APPLESS_MAIN(TestColumns)
#include "tst_columns.moc"
