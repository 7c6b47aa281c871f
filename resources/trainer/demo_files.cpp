#include "resources/trainer/demo_files.h"

#include "core/base/file_error.h"
#include "core/base/file_writing.h"
#include "core/base/literals.h"
#include "core/base/tr.h"
#include "core/image/preprocessing.h"
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
    QString text = u"%1  %2  %3  %4\n"_s.arg(tr("model"), -36)
                       .arg(tr("parameters"), 10)
                       .arg(tr("top-1 of %1").arg(pictures), 14)
                       .arg(tr("seconds"), 8);
    for (const Outcome& outcome : outcomes)
        text += u"%1  %2  %3 %  %4\n"_s.arg(outcome.model, -36)
                    .arg(outcome.parameters, 10)
                    .arg(100 * outcome.accuracy, 12, 'f', 2)
                    .arg(outcome.seconds, 8, 'f', 0);
    return text;
}

/// One sample each of the first classes, so that every picture shows another one.
Result<QJsonArray> writeSamples(const QDir& out)
{
    if (!out.mkpath(u"images"_s))
        return fileError(ErrorKind::Unreadable, out.filePath(u"images"_s), tr("it cannot be made"));
    QJsonArray files;
    for (int shape = 0; shape < sampleImages; ++shape) {
        const QString file = u"images/%1.png"_s.arg(QString(shapeNames().at(shape)).replace(u' ', u'-'));
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
        array.append(QJsonObject{{u"model"_s, outcome.model},
                                 {u"parameters"_s, outcome.parameters},
                                 {u"top1"_s, outcome.accuracy},
                                 {u"seconds"_s, std::round(outcome.seconds)}});
    return array;
}

Status writeManifestOf(const Recipe& recipe, const TrainedModels& models, const QJsonArray& images,
                       const QDir& out)
{
    const QJsonObject manifest{
        {u"schemaVersion"_s, 1},
        {u"modelName"_s, u"Vitrine shapes"_s},
        {u"checkpoint"_s, u"shapes.safetensors"_s},
        {u"labels"_s, u"labels.txt"_s},
        {u"images"_s, images},
        {u"preprocessing"_s, Preprocessing::imageNet(models.config.imageSize).toJson()},
        {u"training"_s, QJsonObject{{u"recipe"_s, recipe.text()},
                                    {u"evaluationSeed"_s, qint64(Recipe::evaluationSeed)},
                                    {u"evaluationPictures"_s, recipe.pictures},
                                    {u"models"_s, outcomesJson(models.outcomes)}}},
    };
    return writeFileAtomically(out.filePath(u"demo.json"_s), QJsonDocument(manifest).toJson());
}

Status writeAll(const Recipe& recipe, const TrainedModels& models, const QDir& out)
{
    const auto images = writeSamples(out);
    if (!images)
        return images.failure();
    const QByteArray labels = shapeNames().join(u'\n').toUtf8() + '\n';
    if (auto written = writeFileAtomically(out.filePath(u"labels.txt"_s), labels); !written)
        return written;
    if (auto written = exportStudent(models.distilled, models.config, out.filePath(u"shapes.safetensors"_s));
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
