#include "core/base/literals.h"
#include "core/base/process_memory.h"
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
        return complain(u"%1 cannot be made."_s.arg(folder));
    for (int i = 0; i < count; ++i) {
        const Subject subject = subjectOf(seed, quint64(i));
        const QString shape = shapeNames().at(subject.shape);
        const QString path = QDir(folder).filePath(
            u"%1_%2.png"_s.arg(i, 5, 10, QLatin1Char('0')).arg(QString(shape).replace(u' ', u'-')));
        if (!drawShape(subject.shape, subject.seed).save(path))
            return complain(u"%1 cannot be written."_s.arg(path));
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
    parser.setApplicationDescription(
        u"Draws labelled pictures of shapes, and trains the model of the demo on such pictures.\n\n"
        "  draw   write --count pictures of the series --seed into --out\n"
        "  train  train with --seed (checkpoints in --work, where a stopped training goes on) and write\n"
        "         the demo's files into --out"_s);
    parser.addHelpOption();
    parser.addPositionalArgument(u"command"_s, u"draw or train"_s);
    parser.addOptions({
        {u"out"_s, u"Where results go."_s, u"DIR"_s},
        {u"work"_s, u"Where checkpoints go."_s, u"DIR"_s, u"build/training"_s},
        {u"count"_s, u"How many pictures."_s, u"N"_s, u"2000"_s},
        {u"seed"_s, u"Of pictures or training."_s, u"N"_s},
    });
    Recipe recipe;
    const std::vector<std::pair<QString, int*>> numbers{
        {u"width"_s, &recipe.width},
        {u"depth"_s, &recipe.depth},
        {u"batch"_s, &recipe.batch},
        {u"teacher-steps"_s, &recipe.teacherSteps},
        {u"small-steps"_s, &recipe.smallSteps},
        {u"full-steps"_s, &recipe.fullSteps},
        {u"last-steps"_s, &recipe.lastSteps},
        {u"pictures"_s, &recipe.pictures},
        {u"save-every"_s, &recipe.saveEvery},
    };
    for (const auto& [name, number] : numbers)
        parser.addOption({name, u"Of the recipe."_s, u"N"_s, QString::number(*number)});
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
    const QString out = parser.value(u"out"_s);
    const int count = int(number(u"count"_s, 2000));
    const quint64 seed = number(u"seed"_s, command == u"draw" ? Recipe::evaluationSeed : 1);
    if (!areNumbers || out.isEmpty())
        return complain(u"Name a command, --out DIR, and whole numbers; see --help."_s);
    if (command == u"draw")
        return draw(out, count, seed);
    if (command != u"train")
        return complain(u"There is no command \"%1\"; see --help."_s.arg(command));
    recipe.seed = seed;
    const auto made = makeDemoFiles(recipe, parser.value(u"work"_s), out);
    return made ? 0 : complain(made.error().message + QLatin1Char(' ') + made.error().detail);
}
