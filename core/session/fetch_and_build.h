#pragma once

#include "core/fetch/downloader.h"
#include "core/session/build_follower.h"

namespace vitrine {

/// A checkpoint to download, and what becomes of it.
struct FetchRequest
{
    DownloadRequest download;
    QString quantizedEngine; ///< Empty: the best one here; then a set that is there already will do.
    bool builds = true;      ///< Else it is downloaded alone.

    QString setFolder() const; ///< Beside the checkpoint, called after its entry; absolute.
};

/// Downloads a checkpoint, file by file, and builds its variants in a session. Uses what is there already:
/// the file, and, if that was there, a variant set that can be read. Lives on the session's thread, and not
/// longer than it. Destruction stops the download, keeps its part, and lets a build go on.
class FetchAndBuild : public QObject
{
    Q_OBJECT

public:
    enum class Stage { Idle, Downloading, Building };

    explicit FetchAndBuild(ComparisonSession& session, QObject* parent = nullptr);

    /// Then exactly one of finished(), failed() and cancelled() comes: failed() at once, with nothing
    /// downloaded, where the set's folder may not be replaced. Precondition: stage() is Idle.
    void start(const FetchRequest& request);
    /// Stops; what has arrived is kept. Nothing while idle.
    void cancel();

    Stage stage() const { return m_stage; }
    bool isBuilding(quint64 build) const { return m_build.follows(build); } ///< See BuildFollower::follows().
    Downloader& downloader() { return m_downloader; }

Q_SIGNALS:
    /// Idle is told before the end is.
    void stageChanged(vitrine::FetchAndBuild::Stage stage);
    void downloadProgressed(const vitrine::DownloadProgress& progress);
    /// `wasThere`: nothing had to be downloaded.
    void downloaded(const QString& checkpoint, bool wasThere);
    void buildProgressed(const vitrine::Progress& progress);

    void finished(const QString& checkpoint, const QString& folder); ///< Without a set, no folder.
    void failed(const vitrine::Error& error);
    /// `during`: the stage that was left. While downloading, so many bytes are kept.
    void cancelled(vitrine::FetchAndBuild::Stage during, qint64 keptBytes);

private:
    void fetchNext();
    void take(bool wasThere);
    void build(bool mayKeepSet);
    void setStage(Stage stage);
    void finish(const QString& folder);
    void fail(const Error& error);

    Downloader m_downloader;
    BuildFollower m_build;
    FetchRequest m_request;
    Catalogue m_files;       ///< Those that are not there yet, the next one first.
    bool m_wasThere = false; ///< So far nothing had to be downloaded.
    Stage m_stage = Stage::Idle;
};

} // namespace vitrine
