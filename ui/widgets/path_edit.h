#pragma once

#include <QLineEdit>
#include <QWidget>

namespace vitrine {

/// A path to type or to choose.
class PathEdit : public QWidget
{
    Q_OBJECT

public:
    enum class Kind { ExistingFile, Folder };

    PathEdit(Kind kind, const QString& name, QWidget* parent = nullptr);

    QString path() const; ///< Absolute; empty when nothing was entered.
    void setPath(const QString& path);
    void setPlaceholder(const QString& text) { m_edit->setPlaceholderText(text); }

Q_SIGNALS:
    void changed();

private:
    void choose();

    Kind m_kind;
    QLineEdit* m_edit;
};

} // namespace vitrine
