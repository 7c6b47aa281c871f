#include "ui/widgets/path_edit.h"

#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QPushButton>

namespace vitrine {

PathEdit::PathEdit(Kind kind, const QString& name, QWidget* parent)
    : QWidget(parent), m_kind(kind), m_edit(new QLineEdit)
{
    m_edit->setAccessibleName(name);
    m_edit->setMinimumWidth(260);
    auto* button = new QPushButton(tr("Choose…"));
    button->setAccessibleName(tr("Choose: %1").arg(name));
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_edit, 1);
    layout->addWidget(button);
    setFocusProxy(m_edit);
    connect(m_edit, &QLineEdit::textChanged, this, &PathEdit::changed);
    connect(button, &QPushButton::clicked, this, &PathEdit::choose);
}

QString PathEdit::path() const
{
    const QString text = m_edit->text().trimmed();
    return text.isEmpty() ? QString() : QFileInfo(text).absoluteFilePath();
}

void PathEdit::setPath(const QString& path)
{
    m_edit->setText(QDir::toNativeSeparators(path));
}

void PathEdit::choose()
{
    const QString start = path();
    const QString chosen = m_kind == Kind::Folder ? QFileDialog::getExistingDirectory(this, {}, start)
                                                  : QFileDialog::getOpenFileName(this, {}, start);
    if (!chosen.isEmpty())
        setPath(chosen);
}

} // namespace vitrine
