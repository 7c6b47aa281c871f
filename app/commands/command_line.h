#pragma once

#include "app/commands/command.h"

#include <QCommandLineParser>
#include <QString>
#include <QStringList>

#include <functional>
#include <limits>
#include <optional>

namespace vitrine::cli {

/// The options of one command: declared, parsed, and read as checked values. The first thing that is
/// wrong is remembered, so that a command reads all its options and then asks once:
///
///     if (const auto status = line.parse(arguments)) return *status;
///     const int rounds = line.positiveNumber("rounds", 30);
///     if (const auto status = line.wrongUsage()) return *status;
class CommandLine
{
public:
    /// `usage`: what follows "vitrine COMMAND" in the first line of the help. An empty command is the
    /// program itself.
    CommandLine(const QString& command, const QString& usage, const QString& summary);

    void addFlag(const QString& name, const QString& description);
    void addValue(const QString& name, const QString& valueName, const QString& description);
    /// Text below the options in the help.
    void setEpilogue(const QString& text) { m_epilogue = text; }

    /// An exit status when there is nothing more to do: help was printed, or the usage was wrong (said on
    /// standard error).
    std::optional<int> parse(const QStringList& arguments);

    bool isSet(const QString& name) const { return m_parser.isSet(name); }
    QString value(const QString& name) const { return m_parser.value(name); }
    QStringList values(const QString& name) const { return m_parser.values(name); }
    QStringList positionals() const { return m_parser.positionalArguments(); }
    std::optional<QString> optionalValue(const QString& name) const;

    /// None: it is not set, or was rejected. `least` is 0 or 1; the most is the largest that JSON can hold.
    std::optional<qint64> wholeNumber(const QString& name, qint64 least,
                                      qint64 most = std::numeric_limits<qint64>::max());
    std::optional<int> optionalPositiveNumber(const QString& name,
                                              int most = std::numeric_limits<int>::max());
    std::optional<double> optionalPositiveReal(const QString& name);
    int positiveNumber(const QString& name, int fallback)
    {
        return optionalPositiveNumber(name).value_or(fallback);
    }

    /// Remembers a problem, unless there is one already.
    void reject(const QString& problem);
    /// For commands whose every argument belongs to an option.
    void rejectPositionals();
    /// Says the remembered problem on standard error and gives exitWrongUsage; none: all is well.
    std::optional<int> wrongUsage() const;

private:
    void rejectValuesWithoutUse();
    QString helpText() const;
    QString invocation() const;

    QCommandLineParser m_parser;
    QStringList m_withValues; ///< Names of options; Qt warns where a flag is asked for its values.
    QString m_command;
    QString m_usage;
    QString m_epilogue;
    QString m_problem;
};

/// Lets an option be given once with many values: `--model a b` becomes `--model a --model b`. A word is a
/// further value when it does not start with '-' and `isValue` says so.
QStringList spreadValues(
    const QStringList& arguments, const QStringList& options,
    const std::function<bool(const QString&)>& isValue = [](const QString&) { return true; });

/// Lets a value be left out: `option` without one becomes `option=fallback`.
QStringList fillMissingValue(const QStringList& arguments, const QString& option, const QString& fallback);

/// How a command is prepared once its options are declared: `read` gives its options from the parsed line,
/// rejecting there what is wrong, and the task that is left is `run` of them.
template <typename Read, typename Run>
Prepared prepareTask(CommandLine& line, const QStringList& arguments, Read read, Run run)
{
    if (const auto status = line.parse(arguments))
        return *status;
    const auto options = read(line);
    if (const auto status = line.wrongUsage())
        return *status;
    return Task{[options, run] { return run(options); }};
}

} // namespace vitrine::cli
