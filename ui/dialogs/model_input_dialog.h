#pragma once

#include "core/model/variant.h"
#include "core/session/run_request.h"

#include <QDialog>
#include <QLabel>

class QComboBox;
class QDialogButtonBox;
class QLineEdit;
class QSpinBox;

namespace vitrine {

class CheckpointFields;
class LabelsField;

/// How an image becomes a model's input, what its classes are called, and what a checkpoint may not tell: for
/// a model that brings no vitrine.json. What is wrong stands below the fields, and OK waits until it is
/// right.
class ModelInputDialog : public QDialog
{
    Q_OBJECT

public:
    explicit ModelInputDialog(const Variant& variant, QWidget* parent = nullptr);

    /// Precondition: problem() is empty.
    Preprocessing preprocessing() const { return m_preprocessing; }
    Labels labels() const { return m_labels; }
    LabelMisfit misfit() const { return m_misfit; } ///< What becomes of them if they do not fit.
    DeitOptions options() const { return m_options; }
    QString problem() const { return m_problem->text(); }

private:
    void fill(const Variant& variant);
    void check();
    QString problemNow();
    Status takeLabels();
    Status takeOptions();

    QSpinBox* m_size;
    QSpinBox* m_resize;
    QComboBox* m_fit;
    QComboBox* m_interpolation;
    QComboBox* m_channels;
    QLineEdit* m_mean;
    QLineEdit* m_deviation;
    LabelsField* m_labelsField;
    CheckpointFields* m_checkpoint; ///< Null: it is none.
    QLabel* m_problem;
    QDialogButtonBox* m_buttons;
    Preprocessing m_preprocessing;
    Variant m_given;
    Labels m_labels;
    LabelMisfit m_misfit = LabelMisfit::Taken;
    DeitOptions m_options;
};

} // namespace vitrine
