#pragma once

#include <QWidget>

namespace vitrine {

/// Covers its parent while files are dragged over it, and says what a drop will do.
class DropOverlay : public QWidget
{
    Q_OBJECT

public:
    explicit DropOverlay(QWidget* parent);

    void showFor(int files);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString m_text;
};

} // namespace vitrine
