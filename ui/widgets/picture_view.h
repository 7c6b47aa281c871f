#pragma once

#include "core/image/image_source.h"
#include "core/image/preprocessing.h"

#include <QPixmap>
#include <QTimer>
#include <QWidget>

#include <memory>
#include <optional>

namespace vitrine {

/// A picture, fitted into the widget; what the model does not see is dimmed. Holds no more pixels than it
/// shows: the thumbnail at first, then what setPicture() gives it.
class PictureView : public QWidget
{
    Q_OBJECT

public:
    explicit PictureView(QWidget* parent = nullptr);

    /// Null: there is none.
    void setImage(std::shared_ptr<const ImageSource> image);
    /// The pixels of the image, which are scaled to the widget's size and let go. Null: there are none to be
    /// had; the view goes on with what it has and asks no more.
    void setPicture(const QImage& rgb);
    /// How the baseline sees it; unset: nothing is dimmed.
    void setPreprocessing(const std::optional<Preprocessing>& preprocessing);
    /// The part that the model sees, in pixels of the image; empty when there is no image or model.
    QRectF crop() const;
    /// Whether what is shown was made from the pixels at the widget's present size.
    bool isSharp() const { return m_shown.size() == fittedPixels(); }

    QSize sizeHint() const override { return {320, 300}; }

Q_SIGNALS:
    /// The image was painted from fewer or other pixels than fit the widget; told when the events that wait
    /// have been handled, once however many they were. Answered with setPicture().
    void pictureWanted();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QSizeF fitted() const;
    QSize fittedPixels() const; ///< Of the screen.
    void paintCrop(QPainter& painter, const QRectF& target) const;
    void paintHint(QPainter& painter) const;

    std::shared_ptr<const ImageSource> m_image;
    std::optional<Preprocessing> m_preprocessing;
    QPixmap m_shown;
    QTimer m_asking;
    bool m_hasPixels = true; ///< That are worth asking for.
};

} // namespace vitrine
