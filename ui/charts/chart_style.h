#pragma once

#include <QColor>
#include <QFont>

class QPalette;

namespace vitrine {

/// The colours and the font of a chart. The font has a pixel size, so that a chart looks the same on
/// screen, in SVG and in PDF.
struct ChartStyle
{
    QColor background;
    QColor text;
    QColor muted; ///< Axis labels and hints; still readable on `background`.
    QColor grid;
    QFont font;

    static ChartStyle of(const QPalette& palette, const QFont& font);
    static ChartStyle forExport(); ///< Light, whatever the desktop looks like.

    QFont smallFont() const;
    QFont titleFont() const;
};

} // namespace vitrine
