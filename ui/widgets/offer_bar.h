#pragma once

#include "ui/widgets/labels.h"

#include <QFrame>
#include <QStringList>

namespace vitrine {

/// Offers to build the variants of a checkpoint that was opened, without getting in the way. Several offers
/// wait their turn; hidden while there is none.
class OfferBar : public QFrame
{
    Q_OBJECT

public:
    explicit OfferBar(QWidget* parent = nullptr);

    void offer(const QString& path);
    void withdraw(const QString& path);
    QString text() const { return isHidden() ? QString() : m_text->fullText(); }

Q_SIGNALS:
    void accepted(const QString& path);

private:
    void next();

    ElidedLabel* m_text;
    QStringList m_paths;
};

} // namespace vitrine
