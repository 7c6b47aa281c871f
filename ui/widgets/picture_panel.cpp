#include "ui/widgets/picture_panel.h"

#include "core/base/literals.h"
#include "core/session/comparison_session.h"
#include "ui/format.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/picture_view.h"

#include <QHBoxLayout>
#include <QLabel>

namespace vitrine {

PicturePanel::PicturePanel(const ComparisonSession& session, QWidget* parent)
    : QWidget(parent), m_session(session), m_name(new ElidedLabel), m_size(new QLabel),
      m_view(new PictureView), m_warning(new QLabel)
{
    QFont bold = m_name->font();
    bold.setBold(true);
    m_name->setFont(bold);
    m_size->setForegroundRole(QPalette::PlaceholderText);
    m_warning->setWordWrap(true);
    m_warning->setTextFormat(Qt::PlainText);
    m_warning->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_warning->setAccessibleName(tr("Warning about the current image"));
    m_warning->setObjectName(u"imageWarning"_s);
    auto* caption = new QHBoxLayout;
    caption->addWidget(m_name, 1);
    caption->addWidget(m_size);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(6, 6, 6, 4);
    layout->setSpacing(4);
    layout->addLayout(caption);
    layout->addWidget(m_view, 1);
    layout->addWidget(m_warning);
}

void PicturePanel::setComparison(const Comparison& comparison)
{
    const auto image = m_session.image(comparison.currentImageId);
    const VariantResult* baseline = comparison.baseline();
    m_view->setImage(image);
    m_view->setPreprocessing(baseline ? std::optional(baseline->variant.preprocessing) : std::nullopt);
    m_name->setFullText(image ? displayFileName(image->path) : tr("No image"));
    m_size->setText(image ? u"%1 × %2"_s.arg(image->rgb.width()).arg(image->rgb.height()) : QString());
    m_warning->setText(image && !image->warning.isEmpty() ? QChar(0x26a0) + u" "_s + image->warning
                                                          : QString());
    m_warning->setVisible(!m_warning->text().isEmpty());
}

QString PicturePanel::caption() const
{
    return m_name->fullText() + QLatin1Char(' ') + m_size->text();
}

QString PicturePanel::warning() const
{
    return m_warning->text();
}

} // namespace vitrine
