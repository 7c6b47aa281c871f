#include "tests/support/http_server.h"

#include "core/base/literals.h"

#include <QTcpServer>
#include <QTcpSocket>
#include <QTimer>

#include <utility>

namespace vitrine::test {

namespace {

HttpRequestSeen parsed(const QByteArray& head)
{
    const QList<QByteArray> lines = head.split('\n');
    const QList<QByteArray> first = lines.first().split(' ');
    HttpRequestSeen request{first.value(0), first.value(1), {}};
    for (const QByteArray& line : lines.mid(1))
        if (const qsizetype colon = line.indexOf(':'); colon > 0)
            request.headers.insert(line.left(colon).toLower(), line.mid(colon + 1).trimmed());
    return request;
}

HttpReply nothingHere()
{
    HttpReply reply;
    reply.status = 404;
    reply.body = "There is nothing here.";
    return reply;
}

/// The start that is asked for, or 0 when the whole body is to be sent.
qint64 rangeStart(const HttpReply& reply, const HttpRequestSeen& request)
{
    const QByteArray range = request.headers.value("range");
    const QByteArray wanted = request.headers.value("if-range", reply.etag);
    if (!reply.honoursRange || !range.startsWith("bytes=") || reply.status != 200 || wanted != reply.etag)
        return 0;
    return range.mid(6).split('-').first().toLongLong();
}

/// An answer that overtakes the client's own notes of its request is not read by QNetworkAccessManager until
/// the connection ends, and then it asks once more.
constexpr std::chrono::milliseconds timeOfTravel{50};
constexpr std::chrono::milliseconds silenceBeforeEnd{300};

} // namespace

/// Answers one request and closes.
class HttpConnection : public QObject
{
public:
    HttpConnection(HttpServer& server, QTcpSocket* socket)
        : QObject(socket), m_server(server), m_socket(socket)
    {
        connect(socket, &QTcpSocket::readyRead, this, &HttpConnection::read);
        connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
    }

private:
    void read()
    {
        m_head += m_socket->readAll();
        if (m_isAnswered || !m_head.contains("\r\n\r\n"))
            return;
        m_isAnswered = true;
        const HttpRequestSeen request = parsed(m_head);
        const std::optional<HttpReply> found = m_server.replyTo(request);
        m_reply = found.value_or(nothingHere());
        m_isHead = request.method == "HEAD";
        QTimer::singleShot(timeOfTravel, this, [this, start = rangeStart(m_reply, request)] { send(start); });
    }

    void send(qint64 start)
    {
        const bool isBeyond = start > 0 && start >= m_reply.body.size();
        const int status = isBeyond ? 416 : start > 0 ? 206 : m_reply.status;
        const QByteArray whole = QByteArray::number(m_reply.body.size());
        m_rest = isBeyond ? QByteArray() : m_reply.body.mid(start + m_reply.rangeShift * (start > 0 ? 1 : 0));
        QByteArray head = "HTTP/1.1 " + QByteArray::number(status) + " Said\r\nConnection: close\r\n";
        head += "Content-Type: " + m_reply.contentType + "\r\n";
        if (m_reply.tellsLength)
            head += "Content-Length: " +
                    QByteArray::number(m_reply.announcedBytes < 0 ? m_rest.size() : m_reply.announcedBytes) +
                    "\r\n";
        if (isBeyond)
            head += "Content-Range: bytes */" + whole + "\r\n";
        else if (start > 0)
            head += "Content-Range: bytes " + QByteArray::number(start + m_reply.rangeShift) + '-' +
                    QByteArray::number(m_reply.body.size() - 1) + '/' + whole + "\r\n";
        if (!m_reply.etag.isEmpty())
            head += "ETag: " + m_reply.etag + "\r\n";
        if (!m_reply.linkedEtag.isEmpty())
            head += "X-Linked-ETag: " + m_reply.linkedEtag + "\r\n";
        if (!m_reply.location.isEmpty())
            head += "Location: " + m_reply.location + "\r\n";
        m_socket->write(head + "\r\n");
        if (m_isHead)
            closeSoon();
        else
            sendBody();
    }

    void sendBody()
    {
        if (m_reply.chunkBytes > 0)
            return sendChunk();
        const qint64 most = qMax(m_reply.dropAfter, m_reply.stallAfter);
        m_socket->write(most < 0 ? m_rest : m_rest.left(most));
        if (m_reply.stallAfter < 0)
            closeSoon();
    }

    /// QNetworkAccessManager loses what it has not read when the end comes.
    void closeSoon()
    {
        QTimer::singleShot(silenceBeforeEnd, m_socket, [this] { m_socket->disconnectFromHost(); });
    }

    void sendChunk()
    {
        m_socket->write(m_rest.left(m_reply.chunkBytes));
        m_rest.remove(0, m_reply.chunkBytes);
        if (m_rest.isEmpty())
            closeSoon();
        else
            QTimer::singleShot(1, this, [this] { sendChunk(); });
    }

    HttpServer& m_server;
    QTcpSocket* m_socket;
    QByteArray m_head;
    QByteArray m_rest;
    HttpReply m_reply;
    bool m_isAnswered = false;
    bool m_isHead = false;
};

HttpServer::HttpServer()
{
    qputenv("no_proxy", "127.0.0.1");
    auto* server = new QTcpServer;
    server->listen(QHostAddress::LocalHost);
    m_port = server->serverPort();
    QObject::connect(server, &QTcpServer::newConnection, server, [this, server] {
        while (QTcpSocket* socket = server->nextPendingConnection())
            new HttpConnection(*this, socket);
    });
    server->moveToThread(&m_thread);
    QObject::connect(&m_thread, &QThread::finished, server, &QObject::deleteLater);
    m_thread.start();
}

HttpServer::~HttpServer()
{
    m_thread.quit();
    m_thread.wait();
    const std::lock_guard lock(m_mutex);
    m_requests.clear();
    m_replies.clear();
}

QUrl HttpServer::url(const QString& path) const
{
    return {u"http://127.0.0.1:%1/%2"_s.arg(m_port).arg(path)};
}

void HttpServer::answer(const QString& path, const QList<HttpReply>& replies)
{
    const std::lock_guard lock(m_mutex);
    m_replies.insert(path.toUtf8(), replies);
}

QList<HttpRequestSeen> HttpServer::requests() const
{
    const std::lock_guard lock(m_mutex);
    return m_requests;
}

std::optional<HttpReply> HttpServer::replyTo(const HttpRequestSeen& request)
{
    const std::lock_guard lock(m_mutex);
    m_requests.append(request);
    const auto replies = m_replies.find(QUrl(QString::fromUtf8(request.target)).path().mid(1).toUtf8());
    if (replies == m_replies.end() || replies->isEmpty())
        return std::nullopt;
    return replies->size() > 1 ? replies->takeFirst() : replies->first();
}

} // namespace vitrine::test
