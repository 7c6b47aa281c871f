#pragma once

#include "core/fetch/catalogue.h"
#include "core/fetch/file_hash.h"
#include "core/fetch/http_transfer.h"

namespace vitrine {

/// Why a transfer ended without the file, and whether it is worth another try.
struct DownloadProblem
{
    enum class Nature {
        Lasting,   ///< The next try would end the same.
        Passing,   ///< The next try may well succeed.
        Unreached, ///< The server was not even reached: worth a try only if it was reached before.
    };
    Nature nature = Nature::Lasting;
    Error error;
};

/// In words for the user, naming the address or the server and what to do. `words` are the library's.
DownloadProblem problemOf(const HttpAnswer& answer, QNetworkReply::NetworkError error, const QString& words,
                          const QUrl& url);
/// The server says that it sent everything, but it did not.
DownloadProblem brokenOff(const QUrl& url);

Error htmlInsteadOfFile(const QUrl& url);
Error wrongRange(const QUrl& url);
/// The file at `path` is another one.
Error wrongFileThere(const QString& path, const FileHash& expected);
/// What arrived under this name has the hash `found`.
Error wrongHash(const QString& file, const FileHash& expected, const QString& found);
Error noHashStated(const QUrl& url);

bool looksLikeHtml(const QByteArray& beginning);

} // namespace vitrine
