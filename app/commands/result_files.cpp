#include "app/commands/result_files.h"

#include "app/commands/command.h"
#include "app/commands/console.h"
#include "core/base/atomic_file.h"
#include "core/base/literals.h"
#include "core/report/export.h"
#include "ui/charts/chart_export.h"

#include <QJsonDocument>

namespace vitrine::cli {

namespace {

const QString standardOutput = u"-"_s;

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
    line.addValue(u"json"_s, u"FILE"_s,
                  Cli::tr("Write everything as JSON; without FILE, or with '-', to standard output."));
    line.addValue(u"charts"_s, u"DIR"_s, Cli::tr("Write the charts as PNG and SVG."));
}

ResultFiles readResultOptions(const CommandLine& line)
{
    return {line.value(u"json"_s), {}, line.value(u"charts"_s)};
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
