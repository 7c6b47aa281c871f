#pragma once

#include "core/base/result.h"
#include "core/fetch/catalogue.h"

#include <QObject>
#include <QUrl>

#include <chrono>
#include <memory>
#include <optional>
#include <vector>

namespace vitrine {

/// What to download, and where to.
struct DownloadRequest
{
    CatalogueEntry entry;
    QUrl baseUrl;   ///< The server's folder; see parseBaseUrl(). Another one than the official: a mirror.
    QString folder; ///< Made if need be.
    /// Else a file that is there is only checked: failed() if it is not the right one.
    bool mayReplace = true;
    /// Settings beside a model: taken as they come where the server states no hash, and left alone, as the
    /// user may have changed them, where they are there already.
    bool mayLackHash = false;

    QUrl url() const;       ///< Where the file lies: at the entry's own address, or on the mirror.
    QString target() const; ///< The file that it becomes; absolute.
    QString model() const;  ///< What is opened when all is there: the file, or the folder of several.
};

struct DownloadProgress
{
    QString step; ///< What is being done now, for the user.
    qint64 receivedBytes = 0;
    qint64 totalBytes = 0;     ///< 0: unknown.
    double bytesPerSecond = 0; ///< Of the last seconds; 0: unknown.

    std::optional<std::chrono::seconds> remaining() const;
};

/// How long a server may take.
struct DownloadPatience
{
    std::chrono::milliseconds stallTime{30'000}; ///< Without a byte.
    /// Before each further try after a passing trouble. A megabyte further, the count begins anew.
    std::vector<std::chrono::milliseconds> pauses{std::chrono::seconds(1), std::chrono::seconds(3),
                                                  std::chrono::seconds(9)};
};

/// Downloads one file at a time (see filesOf()) and checks its hash: the entry's SHA-256, else the one that
/// the server states (see HashInquiry), before a byte is asked for. What has arrived lies in FILE.part until
/// the file is whole, and is gone on with, also in a later run; the file itself appears in one step. A right
/// file that is there already is not downloaded again; one of the name is right where no hash is to be had.
/// The system's proxy settings hold (http_proxy, https_proxy).
///
/// Lives on any thread with an event loop and never blocks it for long, but for Git's hash of a file, which
/// servers state of small ones. After start(), exactly one of
/// finished(), failed() and cancelled() comes. Destruction stops the download and keeps the part.
class Downloader : public QObject
{
    Q_OBJECT

public:
    explicit Downloader(QObject* parent = nullptr);
    ~Downloader() override;

    void setPatience(const DownloadPatience& patience); ///< From the next start() on.

    /// Precondition: !isRunning(). Nothing happens before the event loop runs.
    void start(const DownloadRequest& request);
    /// Stops at once and keeps the part; cancelled() comes before it returns. Nothing while idle.
    void cancel();
    bool isRunning() const;

Q_SIGNALS:
    void progressed(const vitrine::DownloadProgress& progress); ///< At most 20 times a second.
    /// `wasThere`: nothing had to be downloaded.
    void finished(const QString& path, bool wasThere);
    void failed(const vitrine::Error& error);
    void cancelled(qint64 keptBytes);

private:
    class Private;
    std::unique_ptr<Private> d;
};

/// How many bytes of an unfinished download lie in the folder.
qint64 keptBytes(const CatalogueEntry& entry, const QString& folder);
/// Whether files of these names lie in the folder; their content is checked when they are fetched.
bool isHere(const CatalogueEntry& entry, const QString& folder);

} // namespace vitrine
