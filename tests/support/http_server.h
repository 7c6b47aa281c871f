#pragma once

#include <QByteArray>
#include <QHash>
#include <QList>
#include <QString>
#include <QThread>
#include <QUrl>

#include <chrono>
#include <memory>
#include <mutex>
#include <optional>

namespace vitrine::test {

/// How a request is answered.
struct HttpReply
{
    int status = 200; ///< 200 becomes 206 where a Range is asked for and honoured.
    QByteArray body;
    QByteArray etag;       ///< With its quotes; empty: none. An If-Range of another one gets the whole body.
    QByteArray linkedEtag; ///< X-Linked-ETag, as Hugging Face states the hash of what a redirection leads to.
    QByteArray contentType = "application/octet-stream";
    QByteArray location; ///< For redirections.
    bool honoursRange = true;
    bool tellsLength = true;
    qint64 announcedBytes = -1; ///< Content-Length; negative: the true one.
    qint64 rangeShift = 0;      ///< Added to the start of a range: a broken server.
    qint64 dropAfter = -1;      ///< So many bytes of the body, then the connection breaks.
    qint64 stallAfter = -1;     ///< So many bytes of the body, then silence.
    int chunkBytes = 0;         ///< Above 0: slowly, a chunk a millisecond.
};

struct HttpRequestSeen
{
    QByteArray method;                     ///< "GET", or "HEAD", which gets no body.
    QByteArray target;                     ///< As in the first line: a path, or an address for a proxy.
    QHash<QByteArray, QByteArray> headers; ///< Names in lower case.
};

/// A web server on this machine, on a thread of its own, that misbehaves as it is told to. It also keeps
/// the environment's proxies away from this machine's addresses.
class HttpServer
{
public:
    HttpServer();
    ~HttpServer();
    HttpServer(const HttpServer&) = delete;
    HttpServer& operator=(const HttpServer&) = delete;

    QUrl url(const QString& path = {}) const; ///< http://127.0.0.1:PORT/path
    /// The replies to requests of this path, one after another; the last one stays.
    void answer(const QString& path, const QList<HttpReply>& replies);
    QList<HttpRequestSeen> requests() const;

private:
    friend class HttpConnection;
    std::optional<HttpReply> replyTo(const HttpRequestSeen& request);

    mutable std::mutex m_mutex;
    QHash<QByteArray, QList<HttpReply>> m_replies;
    QList<HttpRequestSeen> m_requests;
    QThread m_thread;
    quint16 m_port = 0;
};

} // namespace vitrine::test
