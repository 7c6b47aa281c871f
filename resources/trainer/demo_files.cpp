#include "resources/trainer/demo_files.h"

#include "core/image/preprocessing.h"
#include "core/model/file_error.h"
#include "core/report/export.h"
#include "core/tr.h"
#include "resources/trainer/shape_paths.h"
#include "resources/trainer/shape_picture.h"
#include "resources/trainer/training.h"

#include <QDir>
#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <cstdio>

namespace vitrine::trainer {

namespace {

constexpr int sampleImages = 12;
/// Of several series the first whose twelve the model knows.
constexpr quint64 sampleSeed = 2'000'001;

/// Prints every twentieth step of each stage.
class ProgressPrinter
{
public:
    ProgressPrinter() { m_timer.start(); }

    void print(const Progress& progress) const
    {
        if (progress.done % 20 != 0 && progress.done != progress.total)
            return;
        std::fprintf(stderr, "[%5lld s] step %lld of %lld, %s\n",
                     static_cast<long long>(m_timer.elapsed() / 1000), static_cast<long long>(progress.done),
                     static_cast<long long>(progress.total), qUtf8Printable(progress.step));
    }

private:
    QElapsedTimer m_timer;
};

QString tableText(const std::vector<Outcome>& outcomes, int pictures)
{
    QString text = QStringLiteral("%1  %2  %3  %4\n")
                       .arg(tr("model"), -36)
                       .arg(tr("parameters"), 10)
                       .arg(tr("top-1 of %1").arg(pictures), 14)
                       .arg(tr("seconds"), 8);
    for (const Outcome& outcome : outcomes)
        text += QStringLiteral("%1  %2  %3 %  %4\n")
                    .arg(outcome.model, -36)
                    .arg(outcome.parameters, 10)
                    .arg(100 * outcome.accuracy, 12, 'f', 2)
                    .arg(outcome.seconds, 8, 'f', 0);
    return text;
}

/// One sample each of the first classes, so that every picture shows another one.
Result<QJsonArray> writeSamples(const QDir& out)
{
    if (!out.mkpath(QStringLiteral("images")))
        return fileError(ErrorKind::Unreadable, out.filePath(QStringLiteral("images")),
                         tr("it cannot be made"));
    QJsonArray files;
    for (int shape = 0; shape < sampleImages; ++shape) {
        const QString file =
            QStringLiteral("images/%1.png").arg(QString(shapeNames().at(shape)).replace(u' ', u'-'));
        const quint64 seed = subjectOf(sampleSeed, quint64(shape)).seed;
        if (!drawShape(shape, seed).save(out.filePath(file)))
            return fileError(ErrorKind::Unreadable, out.filePath(file), tr("it cannot be written"));
        files.append(file);
    }
    return files;
}

QJsonArray outcomesJson(const std::vector<Outcome>& outcomes)
{
    QJsonArray array;
    for (const Outcome& outcome : outcomes)
        array.append(QJsonObject{{QStringLiteral("model"), outcome.model},
                                 {QStringLiteral("parameters"), outcome.parameters},
                                 {QStringLiteral("top1"), outcome.accuracy},
                                 {QStringLiteral("seconds"), std::round(outcome.seconds)}});
    return array;
}

Status writeManifestOf(const Recipe& recipe, const TrainedModels& models, const QJsonArray& images,
                       const QDir& out)
{
    const QJsonObject manifest{
        {QStringLiteral("schemaVersion"), 1},
        {QStringLiteral("modelName"), QStringLiteral("Vitrine shapes")},
        {QStringLiteral("checkpoint"), QStringLiteral("shapes.safetensors")},
        {QStringLiteral("labels"), QStringLiteral("labels.txt")},
        {QStringLiteral("images"), images},
        {QStringLiteral("preprocessing"), Preprocessing::imageNet(models.config.imageSize).toJson()},
        {QStringLiteral("training"),
         QJsonObject{{QStringLiteral("recipe"), recipe.text()},
                     {QStringLiteral("evaluationSeed"), qint64(Recipe::evaluationSeed)},
                     {QStringLiteral("evaluationPictures"), recipe.pictures},
                     {QStringLiteral("models"), outcomesJson(models.outcomes)}}},
    };
    return writeFileAtomically(out.filePath(QStringLiteral("demo.json")), QJsonDocument(manifest).toJson());
}

Status writeAll(const Recipe& recipe, const TrainedModels& models, const QDir& out)
{
    const auto images = writeSamples(out);
    if (!images)
        return images.failure();
    const QByteArray labels = shapeNames().join(u'\n').toUtf8() + '\n';
    if (auto written = writeFileAtomically(out.filePath(QStringLiteral("labels.txt")), labels); !written)
        return written;
    if (auto written = exportStudent(models.distilled, models.config,
                                     out.filePath(QStringLiteral("shapes.safetensors")));
        !written)
        return written;
    return writeManifestOf(recipe, models, *images, out);
}

} // namespace

Status makeDemoFiles(const Recipe& recipe, const QString& work, const QString& out)
{
    for (const QString& folder : {work, out})
        if (!QDir().mkpath(folder))
            return fileError(ErrorKind::Unreadable, folder, tr("it cannot be made"));
    const ProgressPrinter printer;
    JobControl control;
    control.report = [&](const Progress& progress) { printer.print(progress); };
    const auto models = trainAll(recipe, work, control);
    if (!models)
        return models.failure();
    std::printf("%s", qUtf8Printable(tableText(models->outcomes, recipe.pictures)));
    return writeAll(recipe, *models, QDir(out));
}

} // namespace vitrine::trainer
