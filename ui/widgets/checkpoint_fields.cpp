#include "ui/widgets/checkpoint_fields.h"

#include "core/base/shown_text.h"

#include <QComboBox>
#include <QFormLayout>
#include <QLineEdit>
#include <QSignalBlocker>
#include <QSpinBox>

namespace vitrine {

namespace {

constexpr int mostHeads = 256;

} // namespace

CheckpointFields::CheckpointFields(QWidget* parent)
    : QGroupBox(tr("&Advanced: what a checkpoint may not tell"), parent), m_form(new QFormLayout(this)),
      m_weights(new QComboBox), m_heads(new QSpinBox), m_epsilon(new QLineEdit)
{
    m_weights->setAccessibleName(tr("Weights"));
    m_weights->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_heads->setRange(0, mostHeads);
    m_heads->setAccessibleName(tr("Attention heads"));
    m_epsilon->setAccessibleName(tr("Layer norm epsilon"));
    m_epsilon->setPlaceholderText(tr("as the checkpoint says"));
    m_form->addRow(tr("&Weights:"), m_weights);
    m_form->addRow(tr("Attention &heads:"), m_heads);
    m_form->addRow(tr("Layer norm &epsilon:"), m_epsilon);
    setCheckpoint({});
    connect(m_weights, &QComboBox::currentIndexChanged, this, &CheckpointFields::changed);
    connect(m_heads, &QSpinBox::valueChanged, this, &CheckpointFields::changed);
    connect(m_epsilon, &QLineEdit::textChanged, this, &CheckpointFields::changed);
}

void CheckpointFields::setOptions(const DeitOptions& options)
{
    {
        const QSignalBlocker quiet(this);
        fillWeights({}, options.weights);
        m_heads->setValue(options.heads.value_or(0));
        m_epsilon->setText(options.layerNormEpsilon ? QString::number(*options.layerNormEpsilon, 'g', 17)
                                                    : QString());
    }
    Q_EMIT changed();
}

void CheckpointFields::setCheckpoint(const Variant& checkpoint)
{
    const QSignalBlocker quiet(this);
    fillWeights(checkpoint, m_weights->currentData().toString());
    m_form->setRowVisible(m_weights, m_weights->count() > 1);
    const bool isItsOwn = checkpoint.heads > 0 && !checkpoint.deit.heads;
    m_heads->setSpecialValueText(isItsOwn
                                     ? tr("as the checkpoint says, or is usual: %1").arg(checkpoint.heads)
                                     : tr("as the checkpoint says, or is usual"));
}

void CheckpointFields::fillWeights(const Variant& checkpoint, const QString& chosen)
{
    QStringList there = checkpoint.weights;
    there.removeAll(QString());
    there.sort();
    if (!chosen.isEmpty() && there.isEmpty())
        there << chosen;
    const bool isChosenByVitrine = checkpoint.deit.weights.isEmpty() && !checkpoint.weights.isEmpty();
    const QString first =
        isChosenByVitrine ? shownText(checkpoint.weights.front(), LineBreaks::Shown) : QString();
    m_weights->clear();
    m_weights->addItem(first.isEmpty() ? tr("the ones that were trained")
                                       : tr("the ones that were trained: %1").arg(first),
                       QString());
    for (const QString& key : there)
        m_weights->addItem(shownText(key, LineBreaks::Shown), key);
    m_weights->setCurrentIndex(qMax(0, m_weights->findData(chosen)));
}

Result<DeitOptions> CheckpointFields::options() const
{
    DeitOptions options;
    options.weights = m_weights->currentData().toString();
    if (m_heads->value() > 0)
        options.heads = m_heads->value();
    const QString epsilon = m_epsilon->text().trimmed();
    if (epsilon.isEmpty())
        return options;
    bool isNumber = false;
    const double number = epsilon.toDouble(&isNumber);
    options.layerNormEpsilon = number;
    if (const bool isSmall = number > 0 && number <= 1; !isNumber || !isSmall)
        return Error{ErrorKind::Usage, tr("Epsilon is a small number above 0, such as 1e-6.")};
    return options;
}

} // namespace vitrine
