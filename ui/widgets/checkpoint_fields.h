#pragma once

#include "core/model/variant.h"

#include <QGroupBox>

class QComboBox;
class QFormLayout;
class QLineEdit;
class QSpinBox;

namespace vitrine {

/// What a user may state about a checkpoint, where it does not tell it or holds several models.
class CheckpointFields : public QGroupBox
{
    Q_OBJECT

public:
    explicit CheckpointFields(QWidget* parent = nullptr);

    void setOptions(const DeitOptions& options);
    /// What the checkpoint says with some options: the models in it to choose from, the heads it has unless
    /// others are stated. What was chosen stays, where it is there.
    void setCheckpoint(const Variant& checkpoint);
    /// What is stated, or what is wrong with the fields.
    Result<DeitOptions> options() const;

Q_SIGNALS:
    void changed();

private:
    void fillWeights(const Variant& checkpoint, const QString& chosen);

    QFormLayout* m_form;
    QComboBox* m_weights; ///< Its first item: none is stated.
    QSpinBox* m_heads;    ///< 0: not stated.
    QLineEdit* m_epsilon;
};

} // namespace vitrine
