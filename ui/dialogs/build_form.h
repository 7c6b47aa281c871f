#pragma once

#include "core/session/comparison_session.h"
#include "ui/widgets/path_edit.h"

#include <QWidget>

class QComboBox;
class QLineEdit;

namespace vitrine {

class CheckpointFields;
class LabelsField;

/// What is to be built from what, and where to.
class BuildForm : public QWidget
{
    Q_OBJECT

public:
    explicit BuildForm(const QStringList& engines, QWidget* parent = nullptr);

    void setSource(const QString& path) { m_source->setPath(path); }
    QString source() const { return m_source->path(); }
    /// What is stated about a checkpoint, or what is wrong with these fields.
    Result<DeitOptions> options() const;
    void setOptions(const DeitOptions& options);
    /// What the source says of itself; nothing where it cannot be read.
    void setFound(const Variant& source);
    /// Labels were refused as they do not fit: they can be confirmed.
    void offerLabelsAnyway();
    /// The request, or what is wrong with the fields.
    Result<BuildRequest> request() const;
    /// What a user should know before building; empty: nothing.
    QString note() const;

Q_SIGNALS:
    void changed();

private:
    void proposeTarget();
    Status checkPaths() const;

    PathEdit* m_source;
    PathEdit* m_folder;
    QLineEdit* m_name;
    QComboBox* m_engine;
    LabelsField* m_labels;
    CheckpointFields* m_checkpoint;
    QString m_proposedFolder;
    QString m_proposedName;
};

} // namespace vitrine
