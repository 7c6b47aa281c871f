#pragma once

#include "tests/app/vitrine_process.h"
#include "tests/support/test_data.h"

#include <QTemporaryDir>

#include <vector>

namespace vitrine::test {

/// What `vitrine classify` says of a file as people have it (found/ of the real data).
struct FoundFile
{
    QString name;
    QStringList words; ///< Each is said, on either output.
    int best = -1;     ///< The class; -1: the file is refused.
    double percent = 0;
};

inline FoundFile answered(const char* name, int best, double percent, const QStringList& words = {})
{
    return {QString::fromLatin1(name), words, best, percent};
}

inline FoundFile refused(const char* name, const QStringList& words)
{
    return {QString::fromLatin1(name), words};
}

/// A row of test data, of this file's name, for each.
inline void addRows(const std::vector<FoundFile>& files)
{
    QTest::addColumn<FoundFile>("found");
    for (const FoundFile& file : files)
        QTest::newRow(qPrintable(file.name)) << file;
}

inline QString foundFile(const QString& name)
{
    return realData(u"found/"_s + name);
}

/// The wolf by this model, in an environment that remembers nothing from before.
inline Run classifyFound(const QString& image, const QString& model, const QStringList& further = {})
{
    const QTemporaryDir cache;
    QProcessEnvironment environment = withoutDisplay();
    environment.insert(u"XDG_CACHE_HOME"_s, cache.path());
    return runVitrine(QStringList{u"classify"_s, image, u"--model"_s, model, u"--json"_s} + further,
                      environment);
}

/// How many lines are errors: neither notes nor warnings.
inline int problemsIn(const Run& run)
{
    int problems = 0;
    for (const QByteArray& line : run.err.split('\n'))
        if (!line.isEmpty() && !line.startsWith("vitrine: note: ") && !line.startsWith("vitrine: warning: "))
            ++problems;
    return problems;
}

inline void verifyFound(const FoundFile& file, const Run& run)
{
    const QByteArray said = run.err + run.out;
    for (const QString& words : file.words)
        QVERIFY2(said.contains(words.toUtf8()), said.constData());
    VITRINE_COMPARE_STATUS(run, file.best < 0 ? 1 : 0);
    QCOMPARE(problemsIn(run), file.best < 0 ? 1 : 0);
    const QJsonArray answers = run.json().array();
    QCOMPARE(answers.size(), file.best < 0 ? 0 : 1);
    if (file.best < 0)
        return;
    const QJsonValue top = answers[0][u"top"][0];
    QCOMPARE(top[u"index"].toInt(), file.best);
    const double percent = 100 * top[u"probability"].toDouble();
    QVERIFY2(std::abs(percent - file.percent) < 0.02, qPrintable(QString::number(percent)));
}

} // namespace vitrine::test

Q_DECLARE_METATYPE(vitrine::test::FoundFile)
