#pragma once

#include <QByteArray>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QObject>
#include <QTimer>
#include <QUrl>

#include <chrono>
#include <optional>

namespace vitrine {

/// What a server says before the bytes of a file.
struct HttpAnswer
{
    int status = 0;                   ///< 0: none came.
    std::optional<qint64> rangeStart; ///< Where the bytes begin in the file, if it says so.
    qint64 totalBytes = 0;            ///< Of the whole file; 0: unknown.
    QByteArray version;               ///< ETag, else date of the last change, for If-Range; empty: none.
    bool isHtml = false;
    QUrl url; ///< After redirections.
};

/// What one request asks for.
struct HttpRequest
{
    QUrl url;
    qint64 offset = 0;  ///< Where to begin; above 0 a Range is asked for.
    QByteArray version; ///< Of what is there already; the range is only wanted of the same. Empty: unknown.
    std::chrono::milliseconds stallTime{30'000}; ///< Without a byte for so long, the transfer is given up.
};

constexpr int redirectionsAtMost = 10;

/// The same for every method: who asks, for which bytes, and of which redirections.
QNetworkRequest networkRequest(const HttpRequest& wanted);

/// One GET of a file. Follows redirections, but not from https to http. Destruction stops it. The thread of
/// the manager.
class HttpTransfer : public QObject
{
    Q_OBJECT

public:
    /// Begins at once.
    HttpTransfer(QNetworkAccessManager& manager, const HttpRequest& request, QObject* parent);
    ~HttpTransfer() override;

    /// No signal comes after this.
    void stop();

    static constexpr qint64 bufferBytes = 1'000'000; ///< No more is read ahead.

Q_SIGNALS:
    /// Status 200 or 206; once, before the first bytes.
    void answered(const vitrine::HttpAnswer& answer);
    void received(const QByteArray& bytes);
    /// The last signal. `error` is NoError when every byte that was announced has come.
    void ended(const vitrine::HttpAnswer& answer, QNetworkReply::NetworkError error, const QString& words);

private:
    void receive();
    void end();
    void giveUp();

    QNetworkReply* m_reply; ///< Null after stop().
    QTimer m_stall;
    bool m_answered = false;
};

} // namespace vitrine
