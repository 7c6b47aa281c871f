#pragma once

#include "core/base/result.h"
#include "core/compare/comparison.h"
#include "ui/charts/comparison_chart.h"

#include <QObject>

class QWidget;

namespace vitrine {

class AppSettings;
class ComparisonFeed;

/// Writes what the window shows to files that the user names.
class Exporter : public QObject
{
    Q_OBJECT

public:
    Exporter(const ComparisonFeed& feed, AppSettings& settings, QWidget* window);

    void askForChart(ChartKind kind);
    void askForAllCharts();
    void askForData();

    /// CSV or JSON, by the ending of `path`.
    Status writeData(const QString& path) const;
    Status writeChart(ChartKind kind, const QString& path) const;

Q_SIGNALS:
    void written(const QString& path);
    void failed(const vitrine::Error& error);

private:
    QString askForPath(const QString& title, const QString& name, const QStringList& filters);
    void report(const Status& status, const QString& path);

    const ComparisonFeed& m_feed;
    AppSettings& m_settings;
    QWidget* m_window;
};

} // namespace vitrine
