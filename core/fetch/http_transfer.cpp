#include "core/fetch/http_transfer.h"

#include "core/base/literals.h"
#include "core/base/version.h"

#include <QRegularExpression>

#include <utility>

namespace vitrine {

namespace {

/// "bytes 100-199/200", "bytes */200".
void readContentRange(const QByteArray& text, HttpAnswer& answer)
{
    static const QRegularExpression pattern(u"^\\s*bytes\\s+(?:(\\d+)-\\d+|\\*)\\s*/\\s*(\\d+|\\*)\\s*$"_s);
    const auto match = pattern.match(QString::fromLatin1(text));
    if (!match.hasMatch())
        return;
    if (match.hasCaptured(1))
        answer.rangeStart = match.captured(1).toLongLong();
    answer.totalBytes = match.captured(2).toLongLong();
}

HttpAnswer readAnswer(const QNetworkReply& reply)
{
    HttpAnswer answer;
    answer.status = reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    answer.url = reply.url();
    answer.isHtml = reply.header(QNetworkRequest::ContentTypeHeader).toString().contains(u"html"_s);
    const QByteArray etag = reply.rawHeader("ETag").trimmed();
    // A weak tag may stand for different bytes.
    answer.version =
        etag.isEmpty() || etag.startsWith("W/") ? reply.rawHeader("Last-Modified").trimmed() : etag;
    if (answer.status == 200)
        answer.totalBytes = reply.header(QNetworkRequest::ContentLengthHeader).toLongLong();
    readContentRange(reply.rawHeader("Content-Range"), answer);
    return answer;
}

} // namespace

QNetworkRequest networkRequest(const HttpRequest& wanted)
{
    QNetworkRequest request(wanted.url);
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::NoLessSafeRedirectPolicy);
    request.setAttribute(QNetworkRequest::Http2AllowedAttribute, false); // one file: nothing to gain
    request.setMaximumRedirectsAllowed(redirectionsAtMost);
    request.setHeader(QNetworkRequest::UserAgentHeader, u"Vitrine/"_s + version());
    // The file's own bytes: a range counts those.
    request.setRawHeader("Accept-Encoding", "identity");
    if (wanted.offset > 0) {
        request.setRawHeader("Range", "bytes=" + QByteArray::number(wanted.offset) + '-');
        if (!wanted.version.isEmpty())
            request.setRawHeader("If-Range", wanted.version);
    }
    return request;
}

HttpTransfer::HttpTransfer(QNetworkAccessManager& manager, const HttpRequest& request, QObject* parent)
    : QObject(parent), m_reply(manager.get(networkRequest(request)))
{
    m_reply->setReadBufferSize(bufferBytes);
    m_stall.setSingleShot(true);
    m_stall.start(request.stallTime);
    const auto live = [this] { m_stall.start(); };
    connect(m_reply, &QNetworkReply::redirected, this, live);
    connect(m_reply, &QNetworkReply::metaDataChanged, this, live);
    connect(m_reply, &QNetworkReply::readyRead, this, &HttpTransfer::receive);
    connect(m_reply, &QNetworkReply::finished, this, &HttpTransfer::end);
    connect(&m_stall, &QTimer::timeout, this, &HttpTransfer::giveUp);
}

HttpTransfer::~HttpTransfer()
{
    stop();
}

void HttpTransfer::stop()
{
    m_stall.stop();
    QNetworkReply* reply = std::exchange(m_reply, nullptr);
    if (reply == nullptr)
        return;
    reply->disconnect(this);
    reply->abort();
    reply->deleteLater();
}

void HttpTransfer::receive()
{
    m_stall.start();
    const HttpAnswer answer = readAnswer(*m_reply);
    if (answer.status != 200 && answer.status != 206)
        return;
    if (!std::exchange(m_answered, true))
        Q_EMIT answered(answer);
    if (m_reply == nullptr)
        return;
    if (const QByteArray bytes = m_reply->readAll(); !bytes.isEmpty())
        Q_EMIT received(bytes);
}

void HttpTransfer::end()
{
    receive();
    if (m_reply == nullptr)
        return;
    m_stall.stop();
    const HttpAnswer answer = readAnswer(*m_reply);
    Q_EMIT ended(answer, m_reply->error(), m_reply->errorString());
}

void HttpTransfer::giveUp()
{
    const HttpAnswer answer = readAnswer(*m_reply);
    stop();
    Q_EMIT ended(answer, QNetworkReply::TimeoutError, {});
}

} // namespace vitrine
