#include "core/base/literals.h"
#include "core/host/frames.h"
#include "core/host/host_messages.h"
#include "core/host/host_server.h"
#include "tests/support/fake_engine.h"

#include <QTest>

using namespace vitrine;
using namespace vitrine::test;

/// What travels between Vitrine and its hosting process, and what that answers.
class TestHostProtocol : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aFrameComesInPieces();
    void twoFramesComeAtOnce();
    void whatIsNoFrameIsRefused_data();
    void whatIsNoFrameIsRefused();
    void valuesComeBack();
    void brokenValuesAreNone_data();
    void brokenValuesAreNone();
    void aModelIsLoadedFedAndRun();
    void anErrorIsAReply();
    void senselessRequestsAreAnswered_data();
    void senselessRequestsAreAnswered();
};

namespace {

QCborMap loadRequest(const QString& name = u"wolf.pt"_s)
{
    Variant variant;
    variant.name = name;
    variant.path = u"/models/wolf.pt"_s;
    return {{u"do"_s, u"load"_s},
            {u"model"_s, 7},
            {u"engine"_s, u"fake"_s},
            {u"variant"_s, variantMessage(variant)}};
}

QCborMap inputRequest()
{
    QCborMap request = tensorMessage({1, 1, 2, {0.5F, -1.0F}});
    request.insert(u"do"_s, u"input"_s);
    request.insert(u"model"_s, 7);
    request.insert(u"input"_s, 9);
    return request;
}

QCborMap request(const QString& what)
{
    return {{u"do"_s, what}, {u"model"_s, 7}, {u"input"_s, 9}};
}

} // namespace

void TestHostProtocol::aFrameComesInPieces()
{
    const QCborMap message{{u"a"_s, 1}};
    const QByteArray frame = frameOf(message);
    FrameReader reader;

    for (const char byte : frame.chopped(1)) {
        reader.add(QByteArray(1, byte));
        const auto early = reader.next();
        QVERIFY(early.ok());
        QVERIFY(!*early);
    }
    reader.add(frame.last(1));

    QCOMPARE(reader.next().value(), std::optional(message));
}

void TestHostProtocol::twoFramesComeAtOnce()
{
    FrameReader reader;
    reader.add(frameOf({{u"a"_s, 1}}) + frameOf({{u"b"_s, 2}}));

    QCOMPARE(reader.next().value(), std::optional(QCborMap{{u"a"_s, 1}}));
    QCOMPARE(reader.next().value(), std::optional(QCborMap{{u"b"_s, 2}}));
    QVERIFY(!reader.next().value());
}

void TestHostProtocol::whatIsNoFrameIsRefused_data()
{
    QTest::addColumn<QByteArray>("bytes");

    QTest::newRow("its length is beyond all measure") << QByteArray("\xff\xff\xff\xff", 4);
    QTest::newRow("it is a number") << QByteArray("\x01\x00\x00\x00\x05", 5);
    QTest::newRow("something follows the map") << QByteArray("\x02\x00\x00\x00\xa0\x05", 6);
    QTest::newRow("its map is cut off") << QByteArray("\x01\x00\x00\x00\xa1", 5);
}

void TestHostProtocol::whatIsNoFrameIsRefused()
{
    QFETCH(QByteArray, bytes);
    FrameReader reader;

    reader.add(bytes);

    QVERIFY(!reader.next().ok());
}

void TestHostProtocol::valuesComeBack()
{
    const Error error{ErrorKind::TooLarge, u"too much"_s, u"why"_s};
    QCOMPARE(errorIn(errorMessage(error)), std::optional(error));
    QVERIFY(!errorIn({}));

    const auto tensor = tensorIn(inputRequest());
    QVERIFY(tensor);
    QCOMPARE(tensor->width, 2);
    QCOMPARE(tensor->values, (std::vector<float>{0.5F, -1.0F}));

    OperatorProfile profile;
    profile.operators = {{u"aten::addmm"_s, 3, std::chrono::nanoseconds(40)}};
    profile.outside = std::chrono::nanoseconds(2);
    profile.wallTime = std::chrono::nanoseconds(42);
    const auto read = profileIn(profileMessage(profile));
    QVERIFY(read);
    QCOMPARE(read->operators, profile.operators);
    QCOMPARE(read->outside, profile.outside);
    QCOMPARE(read->wallTime, profile.wallTime);
}

void TestHostProtocol::brokenValuesAreNone_data()
{
    QTest::addColumn<QString>("key");
    QTest::addColumn<QCborValue>("value");

    QTest::newRow("no channels") << u"channels"_s << QCborValue(0);
    QTest::newRow("more pixels than numbers") << u"height"_s << QCborValue(2);
    QTest::newRow("a size beyond all measure") << u"width"_s << QCborValue(qint64{1} << 40);
    QTest::newRow("half a number") << u"values"_s << QCborValue(QByteArray(7, 'x'));
}

void TestHostProtocol::brokenValuesAreNone()
{
    QFETCH(QString, key);
    QFETCH(QCborValue, value);
    QCborMap message = inputRequest();

    message.insert(key, value);

    QVERIFY(!tensorIn(message));
}

void TestHostProtocol::aModelIsLoadedFedAndRun()
{
    const auto script = std::make_shared<FakeScript>();
    script->logits.insert(u"wolf.pt"_s, {1.0F, 4.0F});
    HostServer server(fakeEngine(script), {u"a gap"_s});

    const QCborMap facts = server.answer({{u"do"_s, u"engine"_s}, {u"engine"_s, u"fake"_s}});
    QCOMPARE(facts[u"version"_s].toString(), script->version);
    QCOMPARE(facts[u"gaps"_s].toArray().size(), 1);
    QVERIFY(server.answer({{u"do"_s, u"threads"_s}, {u"engine"_s, u"fake"_s}, {u"threads"_s, 3}}).isEmpty());
    QCOMPARE(script->threads.load(), 3);
    QVERIFY(server.answer(loadRequest()).isEmpty());
    QVERIFY(server.answer(inputRequest()).isEmpty());

    const QCborMap reply = server.answer(request(u"forward"_s));

    QCOMPARE(floatsIn(reply[u"scores"_s].toByteArray()), std::optional(std::vector<float>{1.0F, 4.0F}));
    QVERIFY(reply[u"took"_s].toInteger() >= 0);
    QVERIFY(profileIn(server.answer(request(u"profile"_s))));
    QVERIFY(server.answer(request(u"unload"_s)).isEmpty());
    QCOMPARE(script->models.load(), 0);
    QVERIFY(errorIn(server.answer(request(u"forward"_s))));
}

void TestHostProtocol::anErrorIsAReply()
{
    const auto script = std::make_shared<FakeScript>();
    const Error error{ErrorKind::Incompatible, u"it wants a text"_s, u"the detail"_s};
    script->forwardErrors.insert(u"wolf.pt"_s, error);
    HostServer server(fakeEngine(script));
    server.answer(loadRequest());
    server.answer(inputRequest());

    QCOMPARE(errorIn(server.answer(request(u"forward"_s))), std::optional(error));
}

void TestHostProtocol::senselessRequestsAreAnswered_data()
{
    QTest::addColumn<QCborMap>("request");

    QTest::newRow("nothing") << QCborMap();
    QTest::newRow("an engine that is not there") << QCborMap{{u"do"_s, u"engine"_s}, {u"engine"_s, u"no"_s}};
    QTest::newRow("a model that is not there") << request(u"forward"_s);
    QTest::newRow("a variant that is none")
        << QCborMap{{u"do"_s, u"load"_s}, {u"model"_s, 1}, {u"engine"_s, u"fake"_s}, {u"variant"_s, 5}};
}

void TestHostProtocol::senselessRequestsAreAnswered()
{
    QFETCH(QCborMap, request);
    HostServer server(fakeEngine(std::make_shared<FakeScript>()));

    QVERIFY(errorIn(server.answer(request)));
}

QTEST_GUILESS_MAIN(TestHostProtocol)

#include "tst_host_protocol.moc"
