#pragma once

#include "core/base/result.h"
#include "core/compare/comparison.h"
#include "ui/charts/comparison_chart.h"

#include <QSize>

#include <optional>

namespace vitrine {

/// What an exported chart measures in its own units, its caption included, unless it must be taller: PNG has
/// two pixels a unit, SVG and PDF one unit each.
inline constexpr QSize chartExportSize{960, 600};

/// Draws one chart of `comparison` into a file: PNG, SVG or PDF by the ending of `path`. Always light, with
/// heading, legend and chartCaption(), which PNG and SVG have as their description, too; SVG and PDF are
/// vectors. `path` holds either the old or the whole new content. Needs a QGuiApplication (QApplication),
/// visible or not; the GUI thread.
Status exportChart(const Comparison& comparison, ChartKind kind, const QString& path);

/// The files that exportCharts() writes: "predictions.png", "predictions.svg"...
QStringList exportedChartFiles();

/// Whether `folder` holds a file under one of these names that is no chart as Vitrine writes it, with its
/// title and description: that is never overwritten.
std::optional<Error> whyNotChartFolder(const QString& folder,
                                       const std::vector<ChartKind>& kinds = {std::begin(allChartKinds),
                                                                              std::end(allChartKinds)});

/// Writes predictions, size and latency, and the others if they show anything, as .png and .svg into
/// `folder`, which is made if needed; those of `kinds` only. Refused: see whyNotChartFolder().
Status exportCharts(const Comparison& comparison, const QString& folder,
                    const std::vector<ChartKind>& kinds = {std::begin(allChartKinds),
                                                           std::end(allChartKinds)});

} // namespace vitrine
