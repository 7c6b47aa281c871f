#include "core/fetch/download_job.h"

#include "core/base/file_error.h"
#include "core/base/tr.h"

#include <QFileInfo>
#include <QLocale>
#include <QNetworkProxyFactory>

#include <utility>

namespace vitrine {

namespace {

constexpr qint64 megabyte = 1'000'000;
constexpr std::chrono::milliseconds tick{500};

/// The proxies of the system, which are the environment's where there is no desktop to ask.
class SystemProxies : public QNetworkProxyFactory
{
public:
    QList<QNetworkProxy> queryProxy(const QNetworkProxyQuery& query) override
    {
        return systemProxyForQuery(query);
    }
};

/// The proxy may be what does not answer, and an address that a user forgot.
Error withProxy(Error error, const QUrl& url)
{
    const QList<QNetworkProxy> proxies = QNetworkProxyFactory::systemProxyForQuery(QNetworkProxyQuery(url));
    if (!proxies.isEmpty() && proxies.front().type() != QNetworkProxy::NoProxy)
        error.message += QLatin1Char(' ') + tr("It was asked through the proxy %1:%2: check that first "
                                               "(in a terminal: http_proxy, https_proxy).")
                                                .arg(proxies.front().hostName())
                                                .arg(proxies.front().port());
    return error;
}

} // namespace

Downloader::Private::Private(Downloader& downloader)
    : QObject(&downloader), q(downloader), m_network(this), m_timer(this), m_tick(this)
{
    m_network.setProxyFactory(new SystemProxies);
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, [this] { m_step(); });
    connect(&m_tick, &QTimer::timeout, this, [this] { reportBytes(false); });
}

Downloader::Private::~Private()
{
    stop();
}

void Downloader::Private::start(const DownloadRequest& request)
{
    m_request = request;
    m_url = request.url();
    m_expected = {FileHash::Kind::Sha256, request.entry.sha256};
    m_totalBytes = 0;
    m_furthest = 0;
    m_retries = 0;
    m_continued = false;
    m_startedOver = false;
    m_hasReceived = false;
    m_rate.reset();
    running = true;
    next(&Private::open);
}

void Downloader::Private::next(Step step, std::chrono::milliseconds pause)
{
    m_step = std::bind_front(step, this);
    m_timer.start(pause);
}

void Downloader::Private::open()
{
    auto part = PartFile::open(m_request.target());
    if (!part)
        return fail(part.error());
    m_part = *std::move(part);
    m_present.setFileName(m_request.target());
    m_present.open(QIODevice::ReadOnly);
    if (m_request.mayLackHash && m_present.isOpen())
        return next(&Private::takeFileThatIsThere); // the user's, perhaps edited
    if (!m_expected.isKnown())
        return next(&Private::askForHash);
    checkWhatIsThere();
}

void Downloader::Private::checkWhatIsThere()
{
    m_presentHash.reset(m_expected.kind, m_present.size());
    next(m_present.isOpen() ? &Private::checkFileThatIsThere : &Private::checkPartThatIsThere);
}

void Downloader::Private::checkFileThatIsThere()
{
    report(tr("Checking %1").arg(m_request.entry.file), false);
    const SteppedHash::Step step = m_presentHash.addPieceOf(m_present);
    if (step == SteppedHash::Step::More)
        return next(&Private::checkFileThatIsThere);
    m_present.close();
    if (step == SteppedHash::Step::AtEnd && m_presentHash.hex().startsWith(m_expected.hex))
        return takeFileThatIsThere();
    if (!m_request.mayReplace)
        return fail(wrongFileThere(m_request.target(), m_expected));
    next(&Private::checkPartThatIsThere);
}

void Downloader::Private::takeFileThatIsThere()
{
    m_part->discard();
    finish(true);
}

void Downloader::Private::checkPartThatIsThere()
{
    report(tr("Checking what was downloaded before"), false);
    const auto done = m_part->hashMore();
    if (!done)
        return fail(done.error());
    if (!*done)
        return next(&Private::checkPartThatIsThere);
    m_furthest = m_part->size();
    next(&Private::request);
}

void Downloader::Private::askForHash()
{
    report(tr("Connecting to %1").arg(m_url.host()));
    m_inquiry = std::make_unique<HashInquiry>(m_network, HttpRequest{m_url, 0, {}, patience.stallTime}, this);
    connect(m_inquiry.get(), &HashInquiry::answered, this, &Private::takeHash);
    connect(m_inquiry.get(), &HashInquiry::failed, this,
            [this](const HttpAnswer& answer, QNetworkReply::NetworkError error, const QString& words) {
                if (m_present.isOpen())
                    return takeFileThatIsThere();
                retryOrFail(problemOf(answer, error, words, m_url), &Private::askForHash);
            });
}

void Downloader::Private::takeHash(const FileHash& hash)
{
    if (!hash.isKnown() && m_present.isOpen())
        return takeFileThatIsThere();
    if (!hash.isKnown() && !m_request.mayLackHash)
        return fail(noHashStated(m_url));
    if (!hash.isKnown()) // what was kept may be of another version
        if (const Status emptied = m_part->restart({}); !emptied)
            return fail(emptied.error());
    m_expected = hash;
    m_hasReceived = true;
    checkWhatIsThere();
}

void Downloader::Private::request()
{
    report(tr("Connecting to %1").arg(m_url.host()));
    HttpRequest wanted{m_url, m_part->size(), {}, patience.stallTime};
    if (wanted.offset > 0)
        wanted.version = m_part->version();
    m_transfer = std::make_unique<HttpTransfer>(m_network, wanted, this);
    connect(m_transfer.get(), &HttpTransfer::answered, this, &Private::takeAnswer);
    connect(m_transfer.get(), &HttpTransfer::received, this, &Private::takeBytes);
    connect(m_transfer.get(), &HttpTransfer::ended, this, &Private::takeEnd);
}

void Downloader::Private::takeAnswer(const HttpAnswer& answer)
{
    if (answer.isHtml)
        return fail(htmlInsteadOfFile(answer.url));
    if (answer.status == 206 && answer.rangeStart != m_part->size())
        return startOverOr(wrongRange(m_url));
    if (answer.status == 200)
        if (const Status restarted = m_part->restart(answer.version); !restarted)
            return fail(restarted.error());
    m_continued = answer.status == 206;
    m_totalBytes = answer.totalBytes;
    const qint64 expected = m_totalBytes > 0 ? m_totalBytes : m_request.entry.approximateBytes();
    if (const Status room = m_part->checkRoom(expected - m_part->size()); !room)
        return fail(room.error());
    m_rate.reset();
    m_tick.start(tick);
    reportBytes(true);
}

void Downloader::Private::takeBytes(const QByteArray& bytes)
{
    if (m_part->size() == 0 && looksLikeHtml(bytes))
        return fail(htmlInsteadOfFile(m_url));
    m_hasReceived = true;
    if (const Status written = m_part->append(bytes); !written)
        return fail(written.error());
    reportBytes(false);
}

void Downloader::Private::takeEnd(const HttpAnswer& answer, QNetworkReply::NetworkError error,
                                  const QString& words)
{
    const bool isFile = answer.status == 200 || answer.status == 206;
    if (answer.status == 416 && answer.totalBytes != m_part->size())
        return startOverOr(problemOf(answer, error, words, m_url).error);
    if (answer.status == 416) {
        m_continued = true; // by nothing: it was whole already
        return verify();
    }
    if (!isFile || error != QNetworkReply::NoError)
        return retryOrFail(problemOf(answer, error, words, m_url), &Private::request);
    if (m_part->size() < m_totalBytes)
        return retryOrFail(brokenOff(m_url), &Private::request);
    reportBytes(true);
    verify();
}

void Downloader::Private::verify()
{
    const auto hash = m_part->hash(m_expected.kind);
    if (!hash)
        return fail(hash.error());
    if (!hash->startsWith(m_expected.hex)) {
        const Error error = wrongHash(m_request.entry.file, m_expected, *hash);
        if (m_continued)
            return startOverOr(error);
        if (const Status emptied = m_part->restart({}); !emptied)
            return fail(emptied.error());
        return fail(error);
    }
    if (const Status moved = m_part->commit(); !moved)
        return fail(moved.error());
    finish(false);
}

void Downloader::Private::retryOrFail(const DownloadProblem& problem, Step again)
{
    using Nature = DownloadProblem::Nature;
    if (m_part->size() >= m_furthest + megabyte) {
        m_furthest = m_part->size();
        m_retries = 0;
    }
    const bool isWorthATry =
        problem.nature == Nature::Passing || (problem.nature == Nature::Unreached && m_hasReceived);
    if (!isWorthATry || m_retries >= patience.pauses.size())
        return fail(problem.nature == Nature::Lasting ? problem.error : withProxy(problem.error, m_url));
    dropTransfer();
    const std::chrono::milliseconds pause = patience.pauses[m_retries++];
    m_rate.reset();
    report(tr("No connection to %1; trying again in %2 s")
               .arg(m_url.host())
               .arg(std::chrono::ceil<std::chrono::seconds>(pause).count()));
    next(again, pause);
}

void Downloader::Private::startOverOr(const Error& error)
{
    const Status emptied = m_part->restart({});
    if (!emptied || std::exchange(m_startedOver, true))
        return fail(emptied ? error : emptied.error());
    dropTransfer();
    m_continued = false;
    m_furthest = 0;
    next(&Private::request);
}

void Downloader::Private::report(const QString& step, bool always)
{
    if (m_throttle.isDue() || always)
        Q_EMIT q.progressed({step, m_part->size(), m_totalBytes, m_rate.bytesPerSecond()});
}

void Downloader::Private::reportBytes(bool always)
{
    if (!m_throttle.isDue() && !always)
        return;
    m_rate.add(m_part->size());
    report(tr("Downloading %1").arg(m_request.entry.file));
}

void Downloader::Private::fail(Error error)
{
    const qint64 kept = m_part ? m_part->size() : 0;
    if (kept > 0 && !error.message.endsWith(QLatin1Char('.')))
        error.message += QLatin1Char('.');
    if (kept > 0)
        error.message +=
            QLatin1Char(' ') + tr("The %1 that have arrived are kept; the next try goes on from there.")
                                   .arg(QLocale().formattedDataSize(kept, 1, QLocale::DataSizeSIFormat));
    stop();
    Q_EMIT q.failed(error);
}

void Downloader::Private::finish(bool wasThere)
{
    stop();
    Q_EMIT q.finished(m_request.target(), wasThere);
}

void Downloader::Private::cancel()
{
    const qint64 kept = m_part ? m_part->size() : keptBytes(m_request.entry, m_request.folder);
    stop();
    Q_EMIT q.cancelled(kept);
}

void Downloader::Private::stop()
{
    running = false;
    m_timer.stop();
    m_present.close();
    dropTransfer();
    m_part.reset();
}

void Downloader::Private::dropTransfer()
{
    m_tick.stop();
    if (m_inquiry) {
        m_inquiry->stop();
        m_inquiry.release()->deleteLater(); // it may be what called
    }
    if (!m_transfer)
        return;
    m_transfer->stop();
    m_transfer.release()->deleteLater(); // it may be what called
}

} // namespace vitrine
