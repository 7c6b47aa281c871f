#include "ui/dialogs/model_input_dialog.h"

#include "core/base/literals.h"
#include "core/model/variant.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/path_edit.h"

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

} // namespace

ModelInputDialog::ModelInputDialog(const Variant& variant, QWidget* parent)
    : QDialog(parent), m_size(makePixels(tr("Input size"))), m_resize(makePixels(tr("Short side"))),
      m_channels(new QComboBox), m_mean(new QLineEdit), m_deviation(new QLineEdit),
      m_labelsFile(new PathEdit(PathEdit::Kind::ExistingFile, tr("Labels file"))), m_problem(new QLabel),
      m_buttons(new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel)),
      m_givenLabels(statedLabels(variant)), m_labels(m_givenLabels)
{
    setWindowTitle(tr("Input of %1").arg(variant.name));
    m_channels->addItem(tr("Color (3 channels)"), 3);
    m_channels->addItem(tr("Gray (1 channel)"), 1);
    m_problem->setWordWrap(true);
    m_problem->setObjectName(u"problem"_s);
    auto* form = new QFormLayout(this);
    form->addRow(tr("&Input size:"), m_size);
    form->addRow(tr("Short &side after resizing:"), m_resize);
    form->addRow(tr("&Channels:"), m_channels);
    form->addRow(tr("&Mean, one a channel:"), m_mean);
    form->addRow(tr("Standard &deviation:"), m_deviation);
    form->addRow(tr("&Labels file:"), m_labelsFile);
    form->addRow(m_problem);
    form->addRow(m_buttons);
    fill(variant);
    connect(m_buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(m_buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    for (QSpinBox* box : {m_size, m_resize})
        connect(box, &QSpinBox::valueChanged, this, &ModelInputDialog::check);
    for (QLineEdit* edit : {m_mean, m_deviation})
        connect(edit, &QLineEdit::textChanged, this, &ModelInputDialog::check);
    connect(m_channels, &QComboBox::currentIndexChanged, this, &ModelInputDialog::check);
    connect(m_labelsFile, &PathEdit::changed, this, &ModelInputDialog::check);
    check();
}

void ModelInputDialog::fill(const Variant& variant)
{
    const Preprocessing& input = variant.preprocessing;
    m_size->setValue(input.size);
    m_resize->setValue(input.resize);
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
    m_preprocessing = Preprocessing{m_size->value(), m_resize->value(), m_channels->currentData().toInt(),
                                    *mean, *deviation};
    if (const Status valid = m_preprocessing.validate(); !valid)
        return valid.error().message;
    m_labels = m_givenLabels;
    if (m_labelsFile->path().isEmpty())
        return {};
    const auto labels = readLabels(m_labelsFile->path());
    if (!labels)
        return labels.error().message;
    m_labels = *labels;
    return {};
}

void ModelInputDialog::check()
{
    showMessage(m_problem, problemNow(), true);
    m_buttons->button(QDialogButtonBox::Ok)->setEnabled(m_problem->text().isEmpty());
}

} // namespace vitrine
