#include "core/demo/demo_run.h"

#include "core/base/data_file.h"
#include "core/base/literals.h"

#include <QDir>
#include <QFileInfo>

namespace vitrine {

QString demoCacheFolder()
{
    return cachePath(u"demo"_s);
}

BenchmarkPlan demoPlan()
{
    return benchmarkPreset(u"quick"_s)->plan;
}

DemoRun::DemoRun(ComparisonSession& session, DemoSet set, const QString& cacheFolder,
                 std::function<void()> chooseThreads, QObject* parent)
    : QObject(parent), m_session(session), m_build(session), m_set(std::move(set)),
      m_cacheFolder(QDir(cacheFolder).absolutePath()), m_chooseThreads(std::move(chooseThreads))
{
}

void DemoRun::start()
{
    connect(&m_build, &BuildFollower::built, this, &DemoRun::showVariants);
    connect(&m_build, &BuildFollower::failed, this, &DemoRun::unbuilt);
    connect(&m_session, &ComparisonSession::busyChanged, this, [this](bool busy) {
        if (!busy)
            Q_EMIT ended();
    });
    BuildRequest request;
    request.source = m_set.checkpoint;
    request.modelName = m_set.modelName;
    request.labels = m_set.labels;
    request.preprocessing = m_set.preprocessing;
    m_build.start(request, m_cacheFolder);
}

QStringList DemoRun::newImages() const
{
    QStringList images = m_set.images;
    const auto now = m_session.snapshot();
    for (const ImageResult& image : now->images)
        images.removeIf(
            [&](const QString& path) { return QFileInfo(path).absoluteFilePath() == image.path; });
    return images;
}

void DemoRun::showVariants(const QString& folder)
{
    if (const QStringList images = newImages(); !images.isEmpty())
        m_session.addImages(images);
    // What threads depend on is known with the first variant.
    m_firstVariant = connect(&m_session, &ComparisonSession::changed, this, [this] {
        if (m_session.snapshot()->variants.empty() || !disconnect(m_firstVariant))
            return;
        m_chooseThreads();
        m_session.benchmark(demoPlan());
    });
    m_session.addVariantSet(folder);
}

} // namespace vitrine
