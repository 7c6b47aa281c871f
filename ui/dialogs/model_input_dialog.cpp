#include "ui/dialogs/model_input_dialog.h"

#include "core/base/literals.h"
#include "core/base/shown_text.h"
#include "ui/widgets/checkpoint_fields.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/labels_field.h"

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
      m_mean(new QLineEdit), m_deviation(new QLineEdit), m_labelsField(new LabelsField),
      m_checkpoint(traitsOf(variant.kind).format == FileFormat::Safetensors ? new CheckpointFields : nullptr),
      m_problem(new QLabel), m_buttons(new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel)),
      m_given(variant)
{
    setWindowTitle(tr("Input of %1").arg(shownText(variant.name, LineBreaks::Shown)));
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
    form->addRow(tr("&Labels file:"), m_labelsField);
    if (m_checkpoint)
        form->addRow(m_checkpoint);
    form->addRow(m_problem);
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
    connect(m_labelsField, &LabelsField::changed, this, &ModelInputDialog::check);
    if (m_checkpoint)
        connect(m_checkpoint, &CheckpointFields::changed, this, &ModelInputDialog::check);
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
    m_labelsField->setModel(variant);
    if (!m_checkpoint)
        return;
    m_checkpoint->setOptions(variant.deit);
    m_checkpoint->setCheckpoint(variant);
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
    for (const Status& part : {m_preprocessing.validate(), takeOptions(), takeLabels()})
        if (!part)
            return part.error().message;
    return {};
}

Status ModelInputDialog::takeOptions()
{
    if (!m_checkpoint)
        return Done{};
    const auto options = m_checkpoint->options();
    if (!options)
        return options.failure();
    m_options = *options;
    return Done{};
}

/// Other weights may have another number of classes.
Status ModelInputDialog::takeLabels()
{
    Variant model = m_given;
    if (m_options.weights != m_given.deit.weights)
        model.classes = 0;
    m_labelsField->setModel(model);
    const auto labels = m_labelsField->labels();
    if (!labels)
        return labels.failure();
    const bool keepsThem = m_labelsField->isEmpty();
    m_labels = keepsThem ? statedLabels(m_given) : *labels;
    if (!keepsThem)
        m_misfit = m_labelsField->misfit();
    else
        m_misfit = m_given.labelsMustFit ? LabelMisfit::Refused : LabelMisfit::Taken;
    return Done{};
}

void ModelInputDialog::check()
{
    showMessage(m_problem, problemNow(), true);
    m_buttons->button(QDialogButtonBox::Ok)->setEnabled(m_problem->text().isEmpty());
}

} // namespace vitrine
