#pragma once

#include "core/model/variant.h"
#include "core/session/run_request.h"

#include <QWidget>

class QCheckBox;

namespace vitrine {

class PathEdit;

/// A file of labels, and the confirmation that is asked for where their number is not that of the classes.
class LabelsField : public QWidget
{
    Q_OBJECT

public:
    explicit LabelsField(QWidget* parent = nullptr);

    /// The model that they are for: says what is taken where no file is named. 0 classes: not known.
    void setModel(const Variant& model);
    /// The confirmation is asked for, though the number of classes is not known here.
    void offerAnyway();

    bool isEmpty() const; ///< No file is named.
    /// Those of the file; none where there is no file. An error of both counts until it is confirmed.
    Result<Labels> labels();
    LabelMisfit misfit() const; ///< Whether it was confirmed.

Q_SIGNALS:
    void changed();

private:
    void withdrawOffer();

    PathEdit* m_file;
    QCheckBox* m_anyway;
    int m_classes = 0;
};

} // namespace vitrine
