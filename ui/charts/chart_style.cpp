#include "ui/charts/chart_style.h"

#include <QFontInfo>
#include <QPalette>

namespace vitrine {

namespace {

constexpr int exportFontSize = 14;

QColor mixed(const QColor& a, const QColor& b, double shareOfA)
{
    const auto mix = [shareOfA](double x, double y) { return x * shareOfA + y * (1 - shareOfA); };
    return QColor::fromRgbF(static_cast<float>(mix(a.redF(), b.redF())),
                            static_cast<float>(mix(a.greenF(), b.greenF())),
                            static_cast<float>(mix(a.blueF(), b.blueF())));
}

ChartStyle styleOf(const QColor& background, const QColor& text, const QFont& font)
{
    return ChartStyle{background, text, mixed(text, background, 0.68), mixed(text, background, 0.13), font};
}

} // namespace

ChartStyle ChartStyle::of(const QPalette& palette, const QFont& font)
{
    QFont pixelFont = font;
    pixelFont.setPixelSize(QFontInfo(font).pixelSize());
    return styleOf(palette.color(QPalette::Base), palette.color(QPalette::Text), pixelFont);
}

ChartStyle ChartStyle::forExport()
{
    QFont font;
    font.setPixelSize(exportFontSize);
    return styleOf(Qt::white, QColor(0x202020), font);
}

QFont ChartStyle::smallFont() const
{
    QFont small = font;
    small.setPixelSize(qMax(9, font.pixelSize() - 2));
    return small;
}

QFont ChartStyle::titleFont() const
{
    QFont title = font;
    title.setPixelSize(font.pixelSize() + 1);
    title.setBold(true);
    return title;
}

} // namespace vitrine
