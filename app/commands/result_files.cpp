#include "app/commands/result_files.h"

#include "app/commands/command.h"
#include "app/commands/console.h"
#include "core/report/export.h"
#include "ui/charts/chart_export.h"

#include <QJsonDocument>

namespace vitrine::cli {

namespace {

const QString standardOutput = QStringLiteral("-");

std::vector<Status> writeFiles(const Comparison& comparison, const ResultFiles& files)
{
    std::vector<Status> statuses;
    if (!files.json.isEmpty() && files.json != standardOutput)
        statuses.push_back(writeFileAtomically(files.json, QJsonDocument(toJson(comparison)).toJson()));
    if (!files.csv.isEmpty())
        statuses.push_back(writeFileAtomically(files.csv, toCsv(comparison).toUtf8()));
    if (!files.charts.isEmpty())
        statuses.push_back(exportCharts(comparison, files.charts));
    return statuses;
}

} // namespace

void addResultOptions(CommandLine& line)
{
    line.addValue(QStringLiteral("json"), QStringLiteral("FILE"),
                  Cli::tr("Write everything as JSON; without FILE, or with '-', to standard output."));
    line.addValue(QStringLiteral("charts"), QStringLiteral("DIR"),
                  Cli::tr("Write the charts as PNG and SVG."));
}

ResultFiles readResultOptions(const CommandLine& line)
{
    return {line.value(QStringLiteral("json")), {}, line.value(QStringLiteral("charts"))};
}

int reportResults(const Comparison& comparison, const QString& text, const ResultFiles& files)
{
    if (files.json == standardOutput)
        printJson(toJson(comparison));
    else
        printOut(text);
    int exitStatus = exitDone;
    for (const Status& status : writeFiles(comparison, files))
        if (!status)
            exitStatus = printFailure(status.failure());
    return exitStatus;
}

void printWarnings(const std::vector<MeasurementWarning>& warnings)
{
    for (const MeasurementWarning& warning : warnings)
        printError(Cli::tr("warning: %1 %2").arg(warning.text, warning.remedy));
}

} // namespace vitrine::cli
