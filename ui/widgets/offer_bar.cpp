#include "ui/widgets/offer_bar.h"

#include "core/base/literals.h"
#include "ui/format.h"

#include <QHBoxLayout>
#include <QPushButton>

namespace vitrine {

OfferBar::OfferBar(QWidget* parent) : QFrame(parent), m_text(new ElidedLabel)
{
    setFrameShape(QFrame::StyledPanel);
    auto* build = new QPushButton(tr("&Build…"));
    build->setObjectName(u"acceptOffer"_s);
    auto* notNow = new QPushButton(tr("&Not now"));
    notNow->setObjectName(u"declineOffer"_s);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(10, 4, 8, 4);
    layout->addWidget(m_text, 1);
    layout->addWidget(build);
    layout->addWidget(notNow);
    connect(build, &QPushButton::clicked, this, [this] {
        const QString path = m_paths.value(0);
        next();
        Q_EMIT accepted(path);
    });
    connect(notNow, &QPushButton::clicked, this, &OfferBar::next);
    hide();
}

void OfferBar::offer(const QString& path)
{
    if (m_paths.contains(path))
        return;
    m_paths.append(path);
    if (m_paths.size() == 1)
        m_text->setFullText(
            tr("%1 can be built into all its variants, to compare them.").arg(displayFileName(path)));
    show();
}

void OfferBar::withdraw(const QString& path)
{
    if (m_paths.value(0) == path)
        next();
    else
        m_paths.removeAll(path);
}

void OfferBar::next()
{
    QStringList waiting = m_paths.mid(1);
    m_paths.clear();
    hide();
    for (const QString& path : waiting)
        offer(path);
}

} // namespace vitrine
