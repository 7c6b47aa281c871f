#pragma once

#include "core/fetch/file_hash.h"
#include "core/fetch/http_transfer.h"

namespace vitrine {

/// Asks a server for the hash of a file, as Hugging Face states it: in X-Linked-ETag, else in ETag, where
/// that has the digits of a SHA-256 or of a Git hash. Follows redirections until one is stated, but not from
/// https to http. Destruction stops it. The thread of the manager.
class HashInquiry : public QObject
{
    Q_OBJECT

public:
    /// Begins at once.
    HashInquiry(QNetworkAccessManager& manager, const HttpRequest& request, QObject* parent);
    ~HashInquiry() override;

    void stop(); ///< No signal comes after this.

Q_SIGNALS:
    /// One of these is the last signal. The hash is not known where the server has the file and states none.
    void answered(const vitrine::FileHash& hash);
    void failed(const vitrine::HttpAnswer& answer, QNetworkReply::NetworkError error, const QString& words);

private:
    void ask(const QUrl& url);
    void take(QNetworkReply& reply);
    void follow(const QNetworkReply& reply, const HttpAnswer& answer);

    QNetworkAccessManager& m_manager;
    HttpRequest m_request;
    QNetworkReply* m_reply = nullptr; ///< Null after stop().
    int m_redirections = 0;
};

} // namespace vitrine
