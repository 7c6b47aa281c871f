#include "ui/widgets/labels_field.h"

#include "core/base/shown_text.h"
#include "ui/widgets/path_edit.h"

#include <QCheckBox>
#include <QVBoxLayout>

#include <utility>

namespace vitrine {

namespace {

QString withoutAFile(const Variant& model)
{
    const QString origin = model.origins.value(QStringLiteral("labels"));
    if (model.labelsAreBuiltIn)
        return LabelsField::tr("none: the built-in names of ImageNet");
    if (!origin.isEmpty())
        return LabelsField::tr("the %1 labels in %2 beside it")
            .arg(model.labels.size())
            .arg(shownText(origin));
    if (!model.labels.isEmpty())
        return LabelsField::tr("keep the labels it has (%1)").arg(model.labels.size());
    return model.classes > 0 ? LabelsField::tr("none: classes are shown by number")
                             : LabelsField::tr("none: ImageNet's for 1000 classes, else numbers");
}

} // namespace

LabelsField::LabelsField(QWidget* parent)
    : QWidget(parent), m_file(new PathEdit(PathEdit::Kind::ExistingFile, tr("Labels file"))),
      m_anyway(new QCheckBox(tr("&Use these labels all the same")))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_file);
    layout->addWidget(m_anyway);
    m_anyway->hide();
    setFocusProxy(m_file);
    connect(m_file, &PathEdit::changed, this, [this] {
        withdrawOffer();
        Q_EMIT changed();
    });
    connect(m_anyway, &QCheckBox::toggled, this, &LabelsField::changed);
}

void LabelsField::setModel(const Variant& model)
{
    if (std::exchange(m_classes, model.classes) != model.classes)
        withdrawOffer();
    m_file->setPlaceholder(withoutAFile(model));
}

void LabelsField::withdrawOffer()
{
    const QSignalBlocker quietly(m_anyway);
    m_anyway->setChecked(false);
    m_anyway->hide();
}

void LabelsField::offerAnyway()
{
    m_anyway->setVisible(!isEmpty());
}

bool LabelsField::isEmpty() const
{
    return m_file->path().isEmpty();
}

Result<Labels> LabelsField::labels()
{
    if (isEmpty())
        return Labels();
    auto labels = readLabels(m_file->path());
    if (!labels || m_classes == 0 || labels->size() == m_classes)
        return labels;
    offerAnyway();
    if (m_anyway->isChecked())
        return labels;
    return Error{
        ErrorKind::Incompatible,
        tr("The model tells %1 classes apart, but there are %2 labels.").arg(m_classes).arg(labels->size())};
}

LabelMisfit LabelsField::misfit() const
{
    return m_anyway->isChecked() ? LabelMisfit::Taken : LabelMisfit::Refused;
}

} // namespace vitrine
