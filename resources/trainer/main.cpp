#include "core/measure/memory_reuse.h"
#include "resources/trainer/demo_files.h"
#include "resources/trainer/recipe.h"
#include "resources/trainer/shape_paths.h"
#include "resources/trainer/shape_picture.h"

#include <QCommandLineParser>
#include <QDir>
#include <QGuiApplication>

#include <cstdio>

using namespace vitrine;
using namespace vitrine::trainer;

namespace {

int complain(const QString& what)
{
    std::fprintf(stderr, "vitrine-trainer: %s\n", qUtf8Printable(what));
    return 1;
}

/// Writes COUNT pictures of a series as NUMBER_CLASS.png.
int draw(const QString& folder, int count, quint64 seed)
{
    if (!QDir().mkpath(folder))
        return complain(QStringLiteral("%1 cannot be made.").arg(folder));
    for (int i = 0; i < count; ++i) {
        const Subject subject = subjectOf(seed, quint64(i));
        const QString shape = shapeNames().at(subject.shape);
        const QString path = QDir(folder).filePath(QStringLiteral("%1_%2.png")
                                                       .arg(i, 5, 10, QLatin1Char('0'))
                                                       .arg(QString(shape).replace(u' ', u'-')));
        if (!drawShape(subject.shape, subject.seed).save(path))
            return complain(QStringLiteral("%1 cannot be written.").arg(path));
    }
    return 0;
}

} // namespace

int main(int argc, char** argv)
{
    keepFreedMemory();
    qputenv("QT_QPA_PLATFORM", "offscreen");
    const QGuiApplication application(argc, argv);
    QCommandLineParser parser;
    parser.setApplicationDescription(QStringLiteral(
        "Draws labelled pictures of shapes, and trains the model of the demo on such pictures.\n\n"
        "  draw   write --count pictures of the series --seed into --out\n"
        "  train  train with --seed (checkpoints in --work, where a stopped training goes on) and write\n"
        "         the demo's files into --out"));
    parser.addHelpOption();
    parser.addPositionalArgument(QStringLiteral("command"), QStringLiteral("draw or train"));
    parser.addOptions({
        {QStringLiteral("out"), QStringLiteral("Where results go."), QStringLiteral("DIR")},
        {QStringLiteral("work"), QStringLiteral("Where checkpoints go."), QStringLiteral("DIR"),
         QStringLiteral("build/training")},
        {QStringLiteral("count"), QStringLiteral("How many pictures."), QStringLiteral("N"),
         QStringLiteral("2000")},
        {QStringLiteral("seed"), QStringLiteral("Of pictures or training."), QStringLiteral("N")},
    });
    Recipe recipe;
    const std::vector<std::pair<QString, int*>> numbers{
        {QStringLiteral("width"), &recipe.width},
        {QStringLiteral("depth"), &recipe.depth},
        {QStringLiteral("batch"), &recipe.batch},
        {QStringLiteral("teacher-steps"), &recipe.teacherSteps},
        {QStringLiteral("small-steps"), &recipe.smallSteps},
        {QStringLiteral("full-steps"), &recipe.fullSteps},
        {QStringLiteral("last-steps"), &recipe.lastSteps},
        {QStringLiteral("pictures"), &recipe.pictures},
        {QStringLiteral("save-every"), &recipe.saveEvery},
    };
    for (const auto& [name, number] : numbers)
        parser.addOption(
            {name, QStringLiteral("Of the recipe."), QStringLiteral("N"), QString::number(*number)});
    parser.process(application);

    bool areNumbers = true;
    const auto number = [&](const QString& name, quint64 fallback) {
        bool isNumber = true;
        const quint64 value = parser.isSet(name) ? parser.value(name).toULongLong(&isNumber) : fallback;
        areNumbers = areNumbers && isNumber;
        return value;
    };
    for (const auto& [name, target] : numbers)
        *target = int(number(name, quint64(*target)));
    const QString command = parser.positionalArguments().value(0);
    const QString out = parser.value(QStringLiteral("out"));
    const int count = int(number(QStringLiteral("count"), 2000));
    const quint64 seed = number(QStringLiteral("seed"), command == u"draw" ? Recipe::evaluationSeed : 1);
    if (!areNumbers || out.isEmpty())
        return complain(QStringLiteral("Name a command, --out DIR, and whole numbers; see --help."));
    if (command == u"draw")
        return draw(out, count, seed);
    if (command != u"train")
        return complain(QStringLiteral("There is no command \"%1\"; see --help.").arg(command));
    recipe.seed = seed;
    const auto made = makeDemoFiles(recipe, parser.value(QStringLiteral("work")), out);
    return made ? 0 : complain(made.error().message + QLatin1Char(' ') + made.error().detail);
}
