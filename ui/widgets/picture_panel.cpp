#include "ui/widgets/picture_panel.h"

#include "core/base/literals.h"
#include "core/base/shown_text.h"
#include "ui/format.h"
#include "ui/widgets/picture_view.h"

#include <QHBoxLayout>

#include <algorithm>

namespace vitrine {

namespace {

std::shared_ptr<const ImageSource> currentImage(const Comparison& comparison)
{
    const auto found = std::ranges::find(comparison.images, comparison.currentImageId, &ImageResult::id);
    return found == comparison.images.end() ? nullptr : found->source;
}

} // namespace

PicturePanel::PicturePanel(PictureReader read, QWidget* parent)
    : QWidget(parent), m_read(std::move(read)), m_name(new ElidedLabel), m_size(new QLabel),
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
    connect(m_view, &PictureView::pictureWanted, this, &PicturePanel::readPicture);
}

void PicturePanel::setComparison(const Comparison& comparison)
{
    const VariantResult* baseline = comparison.baseline();
    m_view->setPreprocessing(baseline ? std::optional(baseline->variant.preprocessing) : std::nullopt);
    const auto image = currentImage(comparison);
    if (image && image == m_image)
        return;
    m_image = image;
    m_view->setImage(image);
    m_name->setFullText(image ? displayFileName(image->path) : tr("No image"));
    m_size->setText(image ? u"%1 × %2"_s.arg(image->size.width()).arg(image->size.height()) : QString());
    showWarning(image ? image->warning : QString());
}

void PicturePanel::readPicture()
{
    if (!m_image)
        return;
    const auto picture = m_read(*m_image);
    m_view->setPicture(picture ? (*picture)->rgb : QImage());
    if (!picture && !picture.isCancelled())
        showWarning(picture.error().message);
}

void PicturePanel::showWarning(const QString& warning)
{
    m_warning->setText(warning.isEmpty() ? QString() : QChar(0x26a0) + u" "_s + shownText(warning));
    m_warning->setVisible(!warning.isEmpty());
}

} // namespace vitrine
