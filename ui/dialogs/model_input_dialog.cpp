#include "ui/dialogs/model_input_dialog.h"

#include "core/base/literals.h"
#include "core/model/variant.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/path_edit.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QSpinBox>

namespace vitrine {

namespace {

constexpr int largestSide = 4096;

QString toText(const std::vector<float>& values)
{
    QStringList texts;
    for (const float value : values)
        texts << QString::number(static_cast<double>(value), 'g', 6);
    return texts.join(u", "_s);
}

std::optional<std::vector<float>> toNumbers(const QString& text)
{
    static const QRegularExpression separators(u"[\\s,;:]+"_s);
    std::vector<float> values;
    for (const QString& part : text.split(separators, Qt::SkipEmptyParts)) {
        bool isNumber = false;
        values.push_back(part.toFloat(&isNumber));
        if (!isNumber)
            return std::nullopt;
    }
    return values;
}

QSpinBox* makePixels(const QString& name)
{
    auto* box = new QSpinBox;
    box->setRange(1, largestSide);
    box->setSuffix(ModelInputDialog::tr(" pixels"));
    box->setAccessibleName(name);
    return box;
}

/// In the order of the enumeration that it chooses from.
QComboBox* makeChoice(const QStringList& names)
{
    auto* box = new QComboBox;
    box->addItems(names);
    return box;
}

} // namespace

ModelInputDialog::ModelInputDialog(const Variant& variant, QWidget* parent)
    : QDialog(parent), m_size(makePixels(tr("Input size"))), m_resize(makePixels(tr("Resized to"))),
      m_fit(makeChoice({tr("Short side, then cropped"), tr("Both sides, stretched")})),
      m_interpolation(makeChoice({tr("Bicubic"), tr("Bilinear")})), m_channels(new QComboBox),
      m_mean(new QLineEdit), m_deviation(new QLineEdit),
      m_labelsFile(new PathEdit(PathEdit::Kind::ExistingFile, tr("Labels file"))),
      m_anyway(new QCheckBox(tr("&Use these labels all the same"))), m_problem(new QLabel),
      m_buttons(new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel)),
      m_givenLabels(statedLabels(variant)), m_labels(m_givenLabels), m_classes(variant.classes)
{
    setWindowTitle(tr("Input of %1").arg(variant.name));
    m_channels->addItem(tr("Color (3 channels)"), 3);
    m_channels->addItem(tr("Gray (1 channel)"), 1);
    m_problem->setWordWrap(true);
    m_problem->setObjectName(u"problem"_s);
    auto* form = new QFormLayout(this);
    form->addRow(tr("Input si&ze:"), m_size);
    form->addRow(tr("&Resized to:"), m_resize);
    form->addRow(tr("Which &side:"), m_fit);
    form->addRow(tr("&Interpolation:"), m_interpolation);
    form->addRow(tr("&Channels:"), m_channels);
    form->addRow(tr("&Mean, one a channel:"), m_mean);
    form->addRow(tr("Standard &deviation:"), m_deviation);
    form->addRow(tr("&Labels file:"), m_labelsFile);
    form->addRow(m_problem);
    form->addRow(m_anyway);
    m_anyway->hide();
    form->addRow(m_buttons);
    fill(variant);
    connect(m_buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(m_buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    for (QSpinBox* box : {m_size, m_resize})
        connect(box, &QSpinBox::valueChanged, this, &ModelInputDialog::check);
    for (QLineEdit* edit : {m_mean, m_deviation})
        connect(edit, &QLineEdit::textChanged, this, &ModelInputDialog::check);
    for (QComboBox* box : {m_fit, m_interpolation, m_channels})
        connect(box, &QComboBox::currentIndexChanged, this, &ModelInputDialog::check);
    connect(m_labelsFile, &PathEdit::changed, this, &ModelInputDialog::check);
    connect(m_anyway, &QCheckBox::toggled, this, &ModelInputDialog::check);
    check();
}

void ModelInputDialog::fill(const Variant& variant)
{
    const Preprocessing& input = variant.preprocessing;
    m_size->setValue(input.size);
    m_resize->setValue(input.resize);
    m_fit->setCurrentIndex(static_cast<int>(input.fit));
    m_interpolation->setCurrentIndex(static_cast<int>(input.interpolation));
    m_channels->setCurrentIndex(m_channels->findData(input.channels));
    m_mean->setText(toText(input.mean));
    m_deviation->setText(toText(input.standardDeviation));
    m_labelsFile->setPlaceholder(variant.labelsAreBuiltIn ? tr("none: the built-in names of ImageNet")
                                 : variant.labels.isEmpty()
                                     ? tr("none: classes are shown by number")
                                     : tr("keep the labels it has (%1)").arg(variant.labels.size()));
}

QString ModelInputDialog::problemNow()
{
    const auto mean = toNumbers(m_mean->text());
    const auto deviation = toNumbers(m_deviation->text());
    if (!mean || !deviation)
        return tr("Mean and standard deviation are numbers, separated by commas.");
    m_preprocessing = Preprocessing{m_size->value(),
                                    m_resize->value(),
                                    m_channels->currentData().toInt(),
                                    *mean,
                                    *deviation,
                                    static_cast<Interpolation>(m_interpolation->currentIndex()),
                                    static_cast<Fit>(m_fit->currentIndex())};
    if (const Status valid = m_preprocessing.validate(); !valid)
        return valid.error().message;
    return problemWithLabels();
}

QString ModelInputDialog::problemWithLabels()
{
    m_labels = m_givenLabels;
    m_anyway->hide();
    if (m_labelsFile->path().isEmpty())
        return {};
    const auto labels = readLabels(m_labelsFile->path());
    if (!labels)
        return labels.error().message;
    m_labels = *labels;
    const bool fits = m_classes == 0 || m_labels.size() == m_classes;
    m_anyway->setVisible(!fits);
    return fits || m_anyway->isChecked() ? QString()
                                         : tr("The model tells %1 classes apart, but there are %2 labels.")
                                               .arg(m_classes)
                                               .arg(m_labels.size());
}

void ModelInputDialog::check()
{
    showMessage(m_problem, problemNow(), true);
    m_buttons->button(QDialogButtonBox::Ok)->setEnabled(m_problem->text().isEmpty());
}

} // namespace vitrine
