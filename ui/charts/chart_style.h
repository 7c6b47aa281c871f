#pragma once

#include <QColor>
#include <QFont>

class QPalette;

namespace vitrine {

inline constexpr qreal textLayer = 20;        ///< What is written lies above what is drawn.
inline constexpr double offScaleFactor = 2.5; ///< A time above so many upper quartiles is drawn at the edge.

/// Of so many samples of a variant, every so-and-so-many-th is drawn as a dot: 500 at most.
constexpr std::size_t dotStride(std::size_t samples)
{
    return samples == 0 ? 1 : (samples + 499) / 500;
}

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
