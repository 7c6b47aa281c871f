#pragma once

#include "core/base/throttle.h"
#include "core/fetch/download_problem.h"
#include "core/fetch/downloader.h"
#include "core/fetch/hash_inquiry.h"
#include "core/fetch/part_file.h"
#include "core/fetch/transfer_rate.h"

#include <QTimer>

#include <functional>

namespace vitrine {

/// The Downloader's work on one file, from looking at what is there to moving it into place. Each step ends
/// by naming the next.
class Downloader::Private : public QObject
{
public:
    explicit Private(Downloader& downloader);
    ~Private() override;

    void start(const DownloadRequest& request);
    void cancel();

    DownloadPatience patience;
    bool running = false;

private:
    using Step = void (Private::*)();

    // Steps
    void open();
    void checkWhatIsThere();
    void checkFileThatIsThere();
    void takeFileThatIsThere();
    void checkPartThatIsThere();
    void askForHash();
    void request();
    void verify();

    // What a server says
    void takeHash(const FileHash& hash);
    void takeAnswer(const HttpAnswer& answer);
    void takeBytes(const QByteArray& bytes);
    void takeEnd(const HttpAnswer& answer, QNetworkReply::NetworkError error, const QString& words);

    void next(Step step, std::chrono::milliseconds pause = {});
    void retryOrFail(const DownloadProblem& problem, Step again);
    void startOverOr(const Error& error);
    void dropTransfer();
    void report(const QString& step, bool always = true);
    void reportBytes(bool always);

    void fail(Error error);
    void finish(bool wasThere);
    void stop();

    Downloader& q;
    QNetworkAccessManager m_network;
    QTimer m_timer;
    QTimer m_tick; ///< Tells the progress of a transfer that has gone quiet, too.
    std::function<void()> m_step;
    DownloadRequest m_request;
    QUrl m_url;
    FileHash m_expected; ///< The entry's, or as the server states it, once it was asked.

    std::unique_ptr<PartFile> m_part;
    std::unique_ptr<HashInquiry> m_inquiry;
    std::unique_ptr<HttpTransfer> m_transfer;
    QFile m_present; ///< A file in the target's place, while it is checked.
    SteppedHash m_presentHash;
    qint64 m_totalBytes = 0;
    qint64 m_furthest = 0; ///< What the part had when the tries were last counted anew.
    std::size_t m_retries = 0;
    bool m_continued = false;   ///< Bytes of more than one transfer are in the part.
    bool m_startedOver = false; ///< All that was kept was dropped once.
    bool m_hasReceived = false;
    TransferRate m_rate;
    Throttle m_throttle;
};

} // namespace vitrine
