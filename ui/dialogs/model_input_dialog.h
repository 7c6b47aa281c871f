#pragma once

#include "core/model/variant.h"

#include <QDialog>
#include <QLabel>

class QCheckBox;
class QComboBox;
class QDialogButtonBox;
class QLineEdit;
class QSpinBox;

namespace vitrine {

class PathEdit;

/// How an image becomes a model's input, and what its classes are called: for a model that brings no
/// vitrine.json. What is wrong stands below the fields, and OK waits until it is right.
class ModelInputDialog : public QDialog
{
    Q_OBJECT

public:
    explicit ModelInputDialog(const Variant& variant, QWidget* parent = nullptr);

    /// Precondition: problem() is empty.
    Preprocessing preprocessing() const { return m_preprocessing; }
    Labels labels() const { return m_labels; }
    QString problem() const { return m_problem->text(); }

private:
    void fill(const Variant& variant);
    void check();
    QString problemNow();
    QString problemWithLabels();

    QSpinBox* m_size;
    QSpinBox* m_resize;
    QComboBox* m_fit;
    QComboBox* m_interpolation;
    QComboBox* m_channels;
    QLineEdit* m_mean;
    QLineEdit* m_deviation;
    PathEdit* m_labelsFile;
    QCheckBox* m_anyway; ///< Shown where the number of labels is not that of the classes.
    QLabel* m_problem;
    QDialogButtonBox* m_buttons;
    Preprocessing m_preprocessing;
    Labels m_givenLabels;
    Labels m_labels;
    int m_classes; ///< 0: not known.
};

} // namespace vitrine
