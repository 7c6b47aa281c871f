#pragma once

#include "core/image/image_reader.h"
#include "core/image/preprocessing.h"

#include <QWidget>

#include <memory>
#include <optional>

namespace vitrine {

/// A picture, fitted into the widget; what the model does not see is dimmed.
class PictureView : public QWidget
{
    Q_OBJECT

public:
    explicit PictureView(QWidget* parent = nullptr);

    void setImage(std::shared_ptr<const SourceImage> image);
    /// How the baseline sees it; unset: nothing is dimmed.
    void setPreprocessing(const std::optional<Preprocessing>& preprocessing);
    /// The part that the model sees, in pixels of the image; empty when there is no image or model.
    QRectF crop() const;

    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void paintCrop(QPainter& painter, const QRectF& target) const;
    void paintHint(QPainter& painter) const;
    QPixmap scaled(const QSize& size) const;

    std::shared_ptr<const SourceImage> m_image;
    std::optional<Preprocessing> m_preprocessing;
    mutable QPixmap m_scaled;
};

} // namespace vitrine
