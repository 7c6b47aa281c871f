#pragma once

#include <QObject>

namespace vitrine {

/// While it lives, every tool tip of the application is shown as it is. Qt takes one that begins with a tag
/// for rich text, and names from files may do so.
class PlainToolTips : public QObject
{
    Q_OBJECT

public:
    explicit PlainToolTips(QObject* parent);

    bool eventFilter(QObject* watched, QEvent* event) override;
};

} // namespace vitrine
