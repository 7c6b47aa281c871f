#include "ui/charts/chart_export.h"

#include "core/base/file_writing.h"
#include "core/base/literals.h"
#include "core/base/tr.h"
#include "ui/charts/chart_caption.h"
#include "ui/charts/chart_factory.h"
#include "ui/shown_variants.h"

#include <QBuffer>
#include <QDir>
#include <QFileInfo>
#include <QGraphicsScene>
#include <QGraphicsTextItem>
#include <QImage>
#include <QImageReader>
#include <QPageSize>
#include <QPainter>
#include <QPdfWriter>
#include <QSvgGenerator>

#include <algorithm>
#include <cmath>
#include <functional>

namespace vitrine {

namespace {

constexpr int pngScale = 2;
constexpr const char* chartEndings[] = {".png", ".svg"};
constexpr int unitsPerInch = 96;

using Draw = std::function<void(QPainter&, const QRectF& target)>;

constexpr qreal captionMargin = 8;

QString chartFile(ChartKind kind, const char* ending)
{
    return chartFileName(kind) + QLatin1String(ending);
}

/// As toPng() and toSvg() write it.
bool isChart(const QString& path)
{
    constexpr qint64 head = 10'000;
    QFile file(path);
    const QByteArray bytes = file.open(QIODevice::ReadOnly) ? file.read(head) : QByteArray();
    if (!bytes.startsWith("\x89PNG"))
        return bytes.contains("<svg") && bytes.contains("baseProfile=\"tiny\"") &&
               bytes.contains("<title>") && bytes.contains("<desc>");
    const QImageReader picture(path);
    return !picture.text(u"Title"_s).isEmpty() && !picture.text(u"Description"_s).isEmpty();
}

/// A scene that holds one chart, laid out for exporting, with its caption below.
class ExportScene
{
public:
    /// The names of `comparison` are shown already.
    ExportScene(const Comparison& comparison, ChartKind kind)
        : m_chart(makeChart(kind).release()), m_caption(chartCaption(comparison, kind))
    {
        m_scene.addItem(m_chart);
        m_chart->setChartStyle(ChartStyle::forExport());
        m_chart->setComparison(comparison);
        m_chart->setLegendShown(true);
        QGraphicsTextItem* caption = addCaption();
        const qreal below = std::ceil(caption->boundingRect().height()) + captionMargin;
        const qreal width = chartExportSize.width();
        const qreal height = std::max<qreal>(chartExportSize.height() - below, m_chart->comfortableHeight());
        m_chart->resize(width, height);
        caption->setPos(captionMargin, height);
        m_scene.setSceneRect(0, 0, width, height + below);
    }

    QString title() const { return m_chart->heading(); }
    QString caption() const { return m_caption; }
    bool isEmpty() const { return m_chart->rows().empty(); }
    QSize size() const { return m_scene.sceneRect().size().toSize(); }
    void draw(QPainter& painter, const QRectF& target)
    {
        painter.setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing);
        m_scene.render(&painter, target, m_scene.sceneRect());
    }

private:
    QGraphicsTextItem* addCaption()
    {
        QGraphicsTextItem* text = m_scene.addText(m_caption, m_chart->chartStyle().smallFont());
        text->setDefaultTextColor(m_chart->chartStyle().muted);
        text->setTextWidth(chartExportSize.width() - 2 * captionMargin);
        return text;
    }

    ComparisonChart* m_chart; // the scene's
    QString m_caption;
    QGraphicsScene m_scene;
};

QByteArray toPng(ExportScene& scene)
{
    QImage image(scene.size() * pngScale, QImage::Format_RGB32);
    image.fill(Qt::white);
    image.setText(u"Title"_s, scene.title());
    image.setText(u"Description"_s, scene.caption());
    QPainter painter(&image);
    scene.draw(painter, image.rect());
    painter.end();
    QByteArray bytes;
    QBuffer buffer(&bytes);
    image.save(&buffer, "PNG");
    return bytes;
}

QByteArray toSvg(ExportScene& scene)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    QSvgGenerator generator;
    generator.setOutputDevice(&buffer);
    generator.setSize(scene.size());
    generator.setViewBox(QRect(QPoint(), scene.size()));
    generator.setResolution(unitsPerInch);
    generator.setTitle(scene.title());
    generator.setDescription(scene.caption());
    QPainter painter(&generator);
    scene.draw(painter, QRectF(QPointF(), scene.size()));
    painter.end();
    return bytes;
}

QByteArray toPdf(ExportScene& scene)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    QPdfWriter writer(&buffer);
    const QSizeF points = QSizeF(scene.size()) * 72.0 / unitsPerInch;
    writer.setPageSize(QPageSize(points, QPageSize::Point, {}, QPageSize::ExactMatch));
    writer.setPageMargins(QMarginsF());
    writer.setTitle(scene.title());
    writer.setCreator(u"Vitrine"_s);
    QPainter painter(&writer);
    scene.draw(painter, QRectF(0, 0, writer.width(), writer.height()));
    painter.end();
    return bytes;
}

} // namespace

Status exportChart(const Comparison& comparison, ChartKind kind, const QString& path)
{
    const QString ending = QFileInfo(path).suffix().toLower();
    ExportScene scene(withShownNames(comparison), kind);
    QByteArray bytes;
    if (ending == "png"_L1)
        bytes = toPng(scene);
    else if (ending == "svg"_L1)
        bytes = toSvg(scene);
    else if (ending == "pdf"_L1)
        bytes = toPdf(scene);
    else
        return Error{
            ErrorKind::Usage,
            tr("A chart cannot be written to %1: choose a name that ends in .png, .svg or .pdf.").arg(path),
            {}};
    return writeFileAtomically(path, bytes);
}

QStringList exportedChartFiles()
{
    QStringList files;
    for (const ChartKind kind : allChartKinds)
        for (const char* ending : chartEndings)
            files << chartFile(kind, ending);
    return files;
}

std::optional<Error> whyNotChartFolder(const QString& folder, const std::vector<ChartKind>& kinds)
{
    for (const ChartKind kind : kinds)
        for (const char* ending : chartEndings)
            if (const QString path = QDir(folder).filePath(chartFile(kind, ending));
                QFileInfo::exists(path) && !isChart(path))
                return Error{ErrorKind::Usage,
                             tr("%1 is no chart of Vitrine's, and would be overwritten by one. Move it "
                                "away, or choose another folder.")
                                 .arg(path),
                             {}};
    return std::nullopt;
}

Status exportCharts(const Comparison& comparison, const QString& folder, const std::vector<ChartKind>& kinds)
{
    if (const auto reason = whyNotChartFolder(folder, kinds))
        return *reason;
    if (!QDir().mkpath(folder))
        return Error{ErrorKind::Unreadable,
                     tr("The folder %1 cannot be made: choose one that you may write to.").arg(folder),
                     {}};
    for (const ChartKind kind : kinds) {
        const bool isExtra = std::ranges::find(overviewChartKinds, kind) == std::end(overviewChartKinds);
        if (isExtra && ExportScene(withShownNames(comparison), kind).isEmpty())
            continue;
        for (const char* ending : chartEndings) {
            const QString path = QDir(folder).filePath(chartFile(kind, ending));
            if (Status written = exportChart(comparison, kind, path); !written)
                return written;
        }
    }
    return Done{};
}

} // namespace vitrine
