#include "core/fetch/download_problem.h"

#include "core/base/tr.h"

#include <utility>

namespace vitrine {

namespace {

using Nature = DownloadProblem::Nature;

DownloadProblem ofStatus(int status, const QUrl& url, const QString& words)
{
    const auto problem = [&](Nature nature, const QString& text, const QString& place) {
        return DownloadProblem{nature, {ErrorKind::Network, text.arg(place).arg(status), words}};
    };
    const QString address = url.toDisplayString();
    if (status == 404 || status == 410)
        return problem(Nature::Lasting,
                       tr("There is no file at %1 (status %2): check the address, or use another mirror."),
                       address);
    if (status == 401 || status == 403)
        return problem(
            Nature::Lasting,
            tr("The server does not give out %1 (status %2): use another mirror, or another network."),
            address);
    if (status == 408 || status == 429 || status >= 500)
        return problem(
            Nature::Passing,
            tr("The server %1 cannot give the file now (status %2): try again later, or use another "
               "mirror."),
            url.host());
    return problem(Nature::Lasting,
                   tr("The server answered %1 with status %2, which is not a file: check the address."),
                   address);
}

/// What went wrong, with %1 for the server's name.
std::pair<Nature, QString> troubleOf(QNetworkReply::NetworkError error)
{
    const QString proxy =
        tr("The proxy on the way to %1 does not let the download through: check the proxy settings "
           "(in a terminal: http_proxy, https_proxy).");
    switch (error) {
    case QNetworkReply::HostNotFoundError:
        return {Nature::Unreached,
                tr("The server %1 cannot be found: check that this computer is online, and the address "
                   "if it is a mirror.")};
    case QNetworkReply::ConnectionRefusedError:
        return {Nature::Unreached,
                tr("The server %1 refuses the connection: check the address, or try again later.")};
    case QNetworkReply::TimeoutError:
        return {Nature::Passing,
                tr("The server %1 does not answer any more: check the network, and try again.")};
    case QNetworkReply::SslHandshakeFailedError:
        return {Nature::Lasting,
                tr("There is no secure connection to %1: check this computer's date, and that "
                   "ca-certificates is installed.")};
    case QNetworkReply::InsecureRedirectError:
        return {Nature::Lasting,
                tr("The server %1 leads to an address without encryption, which is not followed: use "
                   "another mirror.")};
    case QNetworkReply::TooManyRedirectsError:
        return {Nature::Lasting,
                tr("The server %1 leads from address to address without end: use another mirror.")};
    case QNetworkReply::ProtocolUnknownError:
    case QNetworkReply::ProtocolInvalidOperationError:
        return {Nature::Lasting,
                tr("The server %1 leads to an address that is no web address: use another mirror.")};
    case QNetworkReply::ProxyConnectionRefusedError:
    case QNetworkReply::ProxyNotFoundError:
    case QNetworkReply::ProxyAuthenticationRequiredError:
        return {Nature::Lasting, proxy};
    case QNetworkReply::ProxyConnectionClosedError:
    case QNetworkReply::ProxyTimeoutError:
        return {Nature::Passing, proxy};
    case QNetworkReply::UnknownNetworkError:
        return {Nature::Unreached,
                tr("The server %1 cannot be reached: check that this computer is online.")};
    default:
        return {Nature::Passing, tr("The connection to %1 broke off: try again.")};
    }
}

DownloadProblem ofNetwork(QNetworkReply::NetworkError error, const QUrl& url, const QString& words)
{
    const auto [nature, text] = troubleOf(error);
    const QString detail = words.isEmpty() ? url.toString() : url.toString() + QLatin1Char('\n') + words;
    return {nature, {ErrorKind::Network, text.arg(url.host()), detail}};
}

} // namespace

DownloadProblem problemOf(const HttpAnswer& answer, QNetworkReply::NetworkError error, const QString& words,
                          const QUrl& url)
{
    const QUrl& asked = answer.url.isEmpty() ? url : answer.url;
    const bool isAnswered = answer.status >= 400 && error != QNetworkReply::ProxyAuthenticationRequiredError;
    return isAnswered || error == QNetworkReply::NoError ? ofStatus(answer.status, asked, words)
                                                         : ofNetwork(error, asked, words);
}

DownloadProblem brokenOff(const QUrl& url)
{
    return ofNetwork(QNetworkReply::RemoteHostClosedError, url, {});
}

Error htmlInsteadOfFile(const QUrl& url)
{
    return {ErrorKind::Network,
            tr("%1 gives a web page instead of the file. Does this network ask for a login first? Else check "
               "the address.")
                .arg(url.toDisplayString())};
}

Error wrongRange(const QUrl& url)
{
    return {ErrorKind::Network,
            tr("The server %1 sends another part of the file than it was asked for: use another mirror.")
                .arg(url.host()),
            url.toString()};
}

Error wrongHash(const QString& file, const FileHash& expected, const QString& found)
{
    return {ErrorKind::Network,
            tr("%1 arrived, but is not the right file, and was deleted: its %2 should begin with %3, but "
               "begins with %4. Try again, or use another mirror.")
                .arg(file, expected.kindName(), expected.hex, found.left(expected.hex.size())),
            found};
}

Error noHashStated(const QUrl& url)
{
    return {
        ErrorKind::Network,
        tr("The server does not state the SHA-256 of %1, so that nobody could tell whether the right file "
           "arrives: use another mirror, or a catalogue that names the \"sha256\".")
            .arg(url.toDisplayString())};
}

Error wrongFileThere(const QString& path, const FileHash& expected)
{
    return {
        ErrorKind::Malformed,
        tr("The file %1 that is there is cut off, or another version: its %2 should begin with %3. Move it "
           "away, and it can be downloaded.")
            .arg(path, expected.kindName(), expected.hex)};
}

bool looksLikeHtml(const QByteArray& beginning)
{
    const QByteArray text = beginning.left(200).trimmed().toLower();
    return text.startsWith("<!doctype html") || text.startsWith("<html");
}

} // namespace vitrine
