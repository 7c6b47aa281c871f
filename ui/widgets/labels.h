#pragma once

#include <QLabel>

namespace vitrine {

/// A line of text that is shortened in the middle where it does not fit; the tool tip has all of it.
class ElidedLabel : public QLabel
{
    Q_OBJECT

public:
    explicit ElidedLabel(QWidget* parent = nullptr);

    void setFullText(const QString& given);
    QString fullText() const { return m_text; }
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void elide();

    QString m_text;
};

/// Red that is readable on this palette's base colour.
QColor errorColor(const QPalette& palette);

/// Text as it is, in the colours of the label's parent; a problem in red.
void showMessage(QLabel* label, const QString& text, bool isProblem);

} // namespace vitrine
