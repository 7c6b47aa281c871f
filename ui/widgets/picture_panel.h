#pragma once

#include "core/compare/comparison.h"
#include "ui/widgets/labels.h"

#include <QWidget>

namespace vitrine {

class PictureView;

/// The current image with its name and size, what of it the model sees, and what is wrong with it. Shows its
/// thumbnail at once and the picture as soon as nothing else is to be done.
class PicturePanel : public QWidget
{
    Q_OBJECT

public:
    /// `read` is called on the GUI thread, and not held on to what it gives.
    explicit PicturePanel(PictureReader read, QWidget* parent = nullptr);

    void setComparison(const Comparison& comparison);
    PictureView* view() const { return m_view; }
    QString caption() const { return m_name->fullText() + QLatin1Char(' ') + m_size->text(); }
    /// What is shown below the picture; empty: nothing.
    QString warning() const { return m_warning->text(); }

private:
    void readPicture();
    void showWarning(const QString& warning);

    PictureReader m_read;
    std::shared_ptr<const ImageSource> m_image;
    ElidedLabel* m_name;
    QLabel* m_size;
    PictureView* m_view;
    QLabel* m_warning;
};

} // namespace vitrine
