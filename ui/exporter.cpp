#include "ui/exporter.h"

#include "core/base/file_writing.h"
#include "core/base/literals.h"
#include "core/report/export.h"
#include "ui/app_settings.h"
#include "ui/charts/chart_export.h"
#include "ui/charts/chart_factory.h"
#include "ui/models/comparison_feed.h"

#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QJsonDocument>
#include <QRegularExpression>

namespace vitrine {

namespace {

/// "*.svg" of "SVG, vector (*.svg)": what to add to a name that was typed without an ending.
QString endingOf(const QString& filter)
{
    static const QRegularExpression pattern(u"\\*(\\.\\w+)"_s);
    return pattern.match(filter).captured(1);
}

} // namespace

Exporter::Exporter(const ComparisonFeed& feed, AppSettings& settings, QWidget* window)
    : QObject(window), m_feed(feed), m_settings(settings), m_window(window)
{
}

void Exporter::askForChart(ChartKind kind)
{
    const QString path =
        askForPath(tr("Export chart"), chartFileName(kind),
                   {tr("PNG picture (*.png)"), tr("SVG drawing (*.svg)"), tr("PDF document (*.pdf)")});
    if (!path.isEmpty())
        report(writeChart(kind, path), path);
}

void Exporter::askForAllCharts()
{
    const QString folder = QFileDialog::getExistingDirectory(m_window, tr("Export all charts into a folder"),
                                                             m_settings.value(setting::exportFolder));
    if (folder.isEmpty())
        return;
    m_settings.set(setting::exportFolder, folder);
    report(exportCharts(m_feed.current(), folder), folder);
}

void Exporter::askForData()
{
    const QString path =
        askForPath(tr("Export data"), u"comparison"_s, {tr("CSV table (*.csv)"), tr("JSON (*.json)")});
    if (!path.isEmpty())
        report(writeData(path), path);
}

QString Exporter::askForPath(const QString& title, const QString& name, const QStringList& filters)
{
    const QDir folder(m_settings.value(setting::exportFolder));
    QString filter = filters.front();
    QString path = QFileDialog::getSaveFileName(m_window, title, folder.filePath(name + endingOf(filter)),
                                                filters.join(u";;"_s), &filter);
    if (path.isEmpty())
        return {};
    if (QFileInfo(path).suffix().isEmpty())
        path += endingOf(filter);
    m_settings.set(setting::exportFolder, QFileInfo(path).absolutePath());
    return path;
}

Status Exporter::writeChart(ChartKind kind, const QString& path) const
{
    return exportChart(m_feed.current(), kind, path);
}

Status Exporter::writeData(const QString& path) const
{
    const QString ending = QFileInfo(path).suffix().toLower();
    if (ending == "csv"_L1)
        return writeFileAtomically(path, toCsv(m_feed.current()).toUtf8());
    if (ending == "json"_L1)
        return writeFileAtomically(path, QJsonDocument(toJson(m_feed.current())).toJson());
    return Error{ErrorKind::Usage,
                 tr("Data cannot be written to %1: choose a name that ends in .csv or .json.").arg(path),
                 {}};
}

void Exporter::report(const Status& status, const QString& path)
{
    if (status)
        Q_EMIT written(path);
    else if (!status.isCancelled())
        Q_EMIT failed(status.error());
}

} // namespace vitrine
