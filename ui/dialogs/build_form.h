#pragma once

#include "core/session/comparison_session.h"
#include "ui/widgets/path_edit.h"

#include <QWidget>

class QComboBox;
class QLineEdit;
class QSpinBox;

namespace vitrine {

/// What is to be built from what, and where to.
class BuildForm : public QWidget
{
    Q_OBJECT

public:
    explicit BuildForm(const QStringList& engines, QWidget* parent = nullptr);

    void setSource(const QString& path) { m_source->setPath(path); }
    QString source() const { return m_source->path(); }
    /// The request, or what is wrong with the fields.
    Result<BuildRequest> request() const;
    /// What a user should know before building; empty: nothing.
    QString note() const;

Q_SIGNALS:
    void changed();

private:
    void makeAdvanced();
    void proposeTarget();
    Status checkPaths() const;

    PathEdit* m_source;
    PathEdit* m_folder;
    QLineEdit* m_name;
    QComboBox* m_engine;
    PathEdit* m_labels;
    QSpinBox* m_heads;
    QLineEdit* m_epsilon;
    QString m_proposedFolder;
    QString m_proposedName;
};

} // namespace vitrine
