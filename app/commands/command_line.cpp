#include "app/commands/command_line.h"

#include "app/commands/command.h"
#include "app/commands/console.h"
#include "core/base/file_error.h"
#include "core/base/literals.h"

#include <QFileInfo>

#include <cmath>
#include <limits>
#include <utility>

namespace vitrine::cli {

namespace {

bool looksLikeOption(const QString& argument)
{
    return argument.startsWith(QLatin1Char('-')) && argument.size() > 1;
}

} // namespace

CommandLine::CommandLine(const QString& command, const QString& usage, const QString& summary)
    : m_command(command), m_usage(usage)
{
    m_parser.setApplicationDescription(summary);
    m_parser.addOption({{u"h"_s, u"help"_s}, Cli::tr("Print this and exit.")});
}

void CommandLine::addFlag(const QString& name, const QString& description)
{
    m_parser.addOption({name, description});
}

void CommandLine::addValue(const QString& name, const QString& valueName, const QString& description)
{
    m_parser.addOption({name, description, valueName});
    m_withValues << name;
}

std::optional<int> CommandLine::parse(const QStringList& arguments)
{
    if (!m_parser.parse(QStringList{invocation()} + arguments)) {
        reject(m_parser.errorText());
        return wrongUsage();
    }
    if (!m_parser.isSet(u"help"_s)) {
        rejectValuesWithoutUse();
        return std::nullopt;
    }
    printOut(helpText());
    return exitDone;
}

std::optional<QString> CommandLine::optionalValue(const QString& name) const
{
    return isSet(name) ? std::optional(value(name)) : std::nullopt;
}

std::optional<qint64> CommandLine::wholeNumber(const QString& name, qint64 least, qint64 most)
{
    if (!isSet(name))
        return std::nullopt;
    bool isNumber = false;
    const qint64 number = value(name).toLongLong(&isNumber);
    if (isNumber && least <= number && number <= most)
        return number;
    const bool isBounded = least == 0 || most < std::numeric_limits<int>::max();
    reject(isBounded ? Cli::tr("--%1 takes a whole number from %2 to %3, not \"%4\".")
                           .arg(name, QString::number(least), QString::number(most), value(name))
                     : Cli::tr("--%1 takes a whole number from 1, not \"%2\".").arg(name, value(name)));
    return std::nullopt;
}

std::optional<int> CommandLine::optionalPositiveNumber(const QString& name, int most)
{
    const auto number = wholeNumber(name, 1, most);
    return number ? std::optional(static_cast<int>(*number)) : std::nullopt;
}

std::optional<double> CommandLine::optionalPositiveReal(const QString& name)
{
    if (!isSet(name))
        return std::nullopt;
    bool isNumber = false;
    const double number = value(name).toDouble(&isNumber);
    if (isNumber && std::isfinite(number) && number > 0)
        return number;
    reject(Cli::tr("--%1 takes a number above 0, not \"%2\".").arg(name, value(name)));
    return std::nullopt;
}

void CommandLine::reject(const QString& problem)
{
    if (m_problem.isEmpty())
        m_problem = problem;
}

void CommandLine::rejectValuesWithoutUse()
{
    QStringList given = positionals();
    if (given.contains(QString()))
        reject(Cli::tr("The name \"\" is empty, so it names nothing; is a variable not set?"));
    for (const QString& name : m_withValues) {
        if (values(name).contains(QString()))
            reject(Cli::tr("--%1 is given nothing; is a variable not set?").arg(name));
        given += values(name);
    }
    const bool tellsItself = m_command.isEmpty(); // the window, which opens the others
    for (const QString& value : given)
        if (!tellsItself && isNameLost(value) && !QFileInfo::exists(value))
            reject(Cli::tr("\"%1\" is not in UTF-8, so that no file is found by it; rename the file.")
                       .arg(value));
}

void CommandLine::rejectPositionals()
{
    if (!positionals().isEmpty())
        reject(Cli::tr("\"%1\" belongs to no option.").arg(positionals().constFirst()));
}

std::optional<int> CommandLine::wrongUsage() const
{
    if (m_problem.isEmpty())
        return std::nullopt;
    printError(m_problem);
    printErr(Cli::tr("Try: %1 --help").arg(invocation()));
    return exitWrongUsage;
}

QString CommandLine::invocation() const
{
    return m_command.isEmpty() ? u"vitrine"_s : u"vitrine "_s + m_command;
}

QString CommandLine::helpText() const
{
    // Qt's first line names the file that was started; ours names the command.
    const QString options = m_parser.helpText().section(QLatin1Char('\n'), 1).trimmed();
    QString text = Cli::tr("Usage: %1 %2").arg(invocation(), m_usage) + QLatin1Char('\n') + options;
    if (!m_epilogue.isEmpty())
        text += u"\n\n"_s + m_epilogue;
    return text;
}

QStringList spreadValues(const QStringList& arguments, const QStringList& options,
                         const std::function<bool(const QString&)>& isValue)
{
    QStringList result;
    QString waiting; // for its first value
    QString open;    // for further ones
    for (const QString& argument : arguments) {
        if (looksLikeOption(argument)) {
            const QString name = argument.section(QLatin1Char('='), 0, 0);
            const bool isSpread = options.contains(name);
            const bool hasValue = argument != name;
            waiting = isSpread && !hasValue ? name : QString();
            open = isSpread && hasValue ? name : QString();
        } else if (!waiting.isEmpty()) {
            open = std::exchange(waiting, {});
        } else if (!open.isEmpty() && isValue(argument)) {
            result << open;
        }
        result << argument;
    }
    return result;
}

QStringList fillMissingValue(const QStringList& arguments, const QString& option, const QString& fallback)
{
    QStringList result;
    for (qsizetype i = 0; i < arguments.size(); ++i) {
        const QString next = arguments.value(i + 1);
        const bool lacksValue = next.isEmpty() || looksLikeOption(next);
        const bool isIt = arguments[i] == option;
        result << (isIt && lacksValue ? option + QLatin1Char('=') + fallback : arguments[i]);
    }
    return result;
}

} // namespace vitrine::cli
