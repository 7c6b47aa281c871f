#include "core/fetch/hash_inquiry.h"

#include "core/base/literals.h"

#include <QRegularExpression>

#include <utility>

namespace vitrine {

namespace {

FileHash hashIn(const QByteArray& etag)
{
    static const QRegularExpression pattern(u"^\\s*(?:W/)?\"?([0-9a-fA-F]{64}|[0-9a-fA-F]{40})\"?\\s*$"_s);
    const QString hex = pattern.match(QString::fromLatin1(etag)).captured(1).toLower();
    return {hex.size() == 40 ? FileHash::Kind::Git : FileHash::Kind::Sha256, hex};
}

/// A redirection's own ETag is not the file's.
FileHash statedBy(const QNetworkReply& reply, bool isRedirection)
{
    const FileHash linked = hashIn(reply.rawHeader("X-Linked-ETag"));
    return linked.isKnown() || isRedirection ? linked : hashIn(reply.rawHeader("ETag"));
}

bool isSafe(const QUrl& from, const QUrl& to)
{
    return to.scheme() == "https"_L1 || (to.scheme() == "http"_L1 && from.scheme() == "http"_L1);
}

} // namespace

HashInquiry::HashInquiry(QNetworkAccessManager& manager, const HttpRequest& request, QObject* parent)
    : QObject(parent), m_manager(manager), m_request(request)
{
    ask(request.url);
}

HashInquiry::~HashInquiry()
{
    stop();
}

void HashInquiry::stop()
{
    if (QNetworkReply* reply = std::exchange(m_reply, nullptr)) {
        reply->disconnect(this);
        reply->abort();
        reply->deleteLater();
    }
}

void HashInquiry::ask(const QUrl& url)
{
    m_request.url = url;
    QNetworkRequest request = networkRequest(m_request);
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    request.setTransferTimeout(static_cast<int>(m_request.stallTime.count()));
    m_reply = m_manager.head(request);
    connect(m_reply, &QNetworkReply::finished, this, [this, reply = m_reply] {
        m_reply = nullptr;
        reply->deleteLater();
        take(*reply);
    });
}

void HashInquiry::take(QNetworkReply& reply)
{
    HttpAnswer answer;
    answer.status = reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    answer.url = m_request.url;
    const bool leadsOn = answer.status >= 300 && answer.status < 400;
    const FileHash hash = statedBy(reply, leadsOn);
    if (reply.error() == QNetworkReply::OperationCanceledError)
        Q_EMIT failed(answer, QNetworkReply::TimeoutError, {});
    else if (reply.error() != QNetworkReply::NoError || answer.status >= 400)
        Q_EMIT failed(answer, reply.error(), reply.errorString());
    else if (leadsOn && !hash.isKnown())
        follow(reply, answer);
    else
        Q_EMIT answered(hash);
}

void HashInquiry::follow(const QNetworkReply& reply, const HttpAnswer& answer)
{
    const QUrl next =
        m_request.url.resolved(reply.attribute(QNetworkRequest::RedirectionTargetAttribute).toUrl());
    if (!isSafe(m_request.url, next))
        Q_EMIT failed(answer, QNetworkReply::InsecureRedirectError, {});
    else if (++m_redirections > redirectionsAtMost)
        Q_EMIT failed(answer, QNetworkReply::TooManyRedirectsError, {});
    else
        ask(next);
}

} // namespace vitrine
