#include "core/session/fetch_and_build.h"

#include "core/build/replaced_folder.h"

#include <QDir>
#include <QFileInfo>

namespace vitrine {

QString FetchRequest::setFolder() const
{
    return QDir(download.folder).absoluteFilePath(download.entry.name);
}

FetchAndBuild::FetchAndBuild(ComparisonSession& session, QObject* parent) : QObject(parent), m_build(session)
{
    connect(&m_downloader, &Downloader::progressed, this, &FetchAndBuild::downloadProgressed);
    connect(&m_downloader, &Downloader::finished, this,
            [this](const QString&, bool wasThere) { take(wasThere); });
    connect(&m_downloader, &Downloader::failed, this, &FetchAndBuild::fail);
    connect(&m_downloader, &Downloader::cancelled, this, [this](qint64 kept) {
        setStage(Stage::Idle);
        Q_EMIT cancelled(Stage::Downloading, kept);
    });
    connect(&m_build, &BuildFollower::progressed, this, &FetchAndBuild::buildProgressed);
    connect(&m_build, &BuildFollower::built, this, &FetchAndBuild::finish);
    connect(&m_build, &BuildFollower::failed, this, &FetchAndBuild::fail);
    connect(&m_build, &BuildFollower::cancelled, this, [this] {
        setStage(Stage::Idle);
        Q_EMIT cancelled(Stage::Building, 0);
    });
}

void FetchAndBuild::start(const FetchRequest& request)
{
    m_request = request;
    if (request.builds && !isHere(request.download.entry, request.download.folder))
        if (const Status free = ReplacedFolder::check(request.setFolder()); !free)
            return fail(free.error());
    setStage(Stage::Downloading);
    m_files = filesOf(request.download.entry);
    m_wasThere = true;
    fetchNext();
}

void FetchAndBuild::fetchNext()
{
    DownloadRequest one = m_request.download;
    one.entry = m_files.front();
    m_files.erase(m_files.begin());
    one.mayLackHash = !m_files.empty(); // the last one is the model
    m_downloader.start(one);
}

void FetchAndBuild::take(bool wasThere)
{
    m_wasThere = m_wasThere && wasThere;
    if (!m_files.empty())
        return fetchNext();
    Q_EMIT downloaded(m_request.download.model(), m_wasThere);
    if (!m_request.builds)
        return finish({});
    build(m_wasThere && m_request.quantizedEngine.isEmpty());
}

void FetchAndBuild::cancel()
{
    m_downloader.cancel();
    m_build.cancel();
}

void FetchAndBuild::build(bool mayKeepSet)
{
    const QString folder = m_request.setFolder();
    if (mayKeepSet && readVariantSet(folder).ok())
        return finish(folder);
    BuildRequest request;
    request.source = m_request.download.model();
    request.folder = folder;
    request.modelName = QFileInfo(request.source).completeBaseName();
    request.quantizedEngine = m_request.quantizedEngine;
    setStage(Stage::Building);
    m_build.start(request);
}

void FetchAndBuild::setStage(Stage stage)
{
    if (std::exchange(m_stage, stage) != stage)
        Q_EMIT stageChanged(stage);
}

void FetchAndBuild::finish(const QString& folder)
{
    setStage(Stage::Idle);
    Q_EMIT finished(m_request.download.model(), folder);
}

void FetchAndBuild::fail(const Error& error)
{
    setStage(Stage::Idle);
    Q_EMIT failed(error);
}

} // namespace vitrine
