#include "ui/dialogs/build_form.h"

#include "core/base/literals.h"

#include <QComboBox>
#include <QDir>
#include <QFileInfo>
#include <QFormLayout>
#include <QGroupBox>
#include <QLineEdit>
#include <QSpinBox>

namespace vitrine {

namespace {

constexpr int mostHeads = 256;

Error usage(const QString& message)
{
    return {ErrorKind::Usage, message, {}};
}

} // namespace

BuildForm::BuildForm(const QStringList& engines, QWidget* parent)
    : QWidget(parent),
      m_source(new PathEdit(PathEdit::Kind::ExistingFile, tr("Checkpoint or TorchScript file"))),
      m_folder(new PathEdit(PathEdit::Kind::Folder, tr("Target folder"))), m_name(new QLineEdit),
      m_engine(new QComboBox), m_labels(new PathEdit(PathEdit::Kind::ExistingFile, tr("Labels file"))),
      m_heads(new QSpinBox), m_epsilon(new QLineEdit)
{
    m_engine->addItem(engines.isEmpty() ? tr("the best one here")
                                        : tr("the best one (%1)").arg(engines.front()));
    for (const QString& engine : engines)
        m_engine->addItem(engine, engine);
    m_labels->setPlaceholder(tr("none: ImageNet's names for 1000 classes, else numbers"));
    auto* form = new QFormLayout(this);
    form->setContentsMargins(0, 0, 0, 0);
    form->addRow(tr("&Source:"), m_source);
    form->addRow(tr("Target &folder:"), m_folder);
    form->addRow(tr("Model &name:"), m_name);
    form->addRow(tr("&Quantized engine:"), m_engine);
    form->addRow(tr("&Labels file:"), m_labels);
    makeAdvanced();
    connect(m_source, &PathEdit::changed, this, &BuildForm::proposeTarget);
    for (PathEdit* edit : {m_source, m_folder, m_labels})
        connect(edit, &PathEdit::changed, this, &BuildForm::changed);
    connect(m_epsilon, &QLineEdit::textChanged, this, &BuildForm::changed);
}

void BuildForm::makeAdvanced()
{
    m_heads->setRange(0, mostHeads);
    m_heads->setSpecialValueText(tr("as the checkpoint says"));
    m_heads->setAccessibleName(tr("Attention heads"));
    m_epsilon->setPlaceholderText(tr("as the checkpoint says"));
    auto* advanced = new QGroupBox(tr("&Advanced: what a checkpoint may not tell"));
    auto* form = new QFormLayout(advanced);
    form->addRow(tr("Attention &heads:"), m_heads);
    form->addRow(tr("Layer norm &epsilon:"), m_epsilon);
    static_cast<QFormLayout*>(layout())->addRow(advanced);
}

void BuildForm::proposeTarget()
{
    const QFileInfo file(m_source->path());
    const QString name = file.completeBaseName();
    if (m_folder->path().isEmpty() || m_folder->path() == m_proposedFolder) {
        m_proposedFolder = name.isEmpty() ? QString() : file.absoluteDir().filePath(name + u"-variants"_s);
        m_folder->setPath(m_proposedFolder);
    }
    if (m_name->text().isEmpty() || m_name->text() == m_proposedName) {
        m_proposedName = name;
        m_name->setText(name);
    }
}

Status BuildForm::checkPaths() const
{
    if (source().isEmpty())
        return usage(tr("Choose a checkpoint (.safetensors, .pth) or a TorchScript file."));
    if (!QFileInfo(source()).isFile())
        return usage(tr("There is no file %1.").arg(source()));
    if (m_folder->path().isEmpty())
        return usage(tr("Choose a folder for the variants."));
    if (QFileInfo::exists(m_folder->path()) && !holdsVariantSet(m_folder->path()))
        return usage(tr("%1 exists and is not a variant set: choose a new folder.").arg(m_folder->path()));
    return Done{};
}

Result<BuildRequest> BuildForm::request() const
{
    if (const Status paths = checkPaths(); !paths)
        return paths.failure();
    BuildRequest request;
    request.source = source();
    request.folder = m_folder->path();
    request.quantizedEngine = m_engine->currentData().toString();
    request.modelName = m_name->text().trimmed();
    if (!m_labels->path().isEmpty()) {
        const auto labels = readLabels(m_labels->path());
        if (!labels)
            return labels.failure();
        request.labels = *labels;
    }
    if (m_heads->value() > 0)
        request.deit.heads = m_heads->value();
    if (const QString epsilon = m_epsilon->text().trimmed(); !epsilon.isEmpty()) {
        bool isNumber = false;
        request.deit.layerNormEpsilon = epsilon.toDouble(&isNumber);
        if (!isNumber || *request.deit.layerNormEpsilon <= 0)
            return usage(tr("Epsilon is a small number above 0, such as 1e-6."));
    }
    return request;
}

QString BuildForm::note() const
{
    const QString folder = m_folder->path();
    return !folder.isEmpty() && holdsVariantSet(folder)
               ? tr("The variant set in %1 will be replaced.").arg(QDir(folder).dirName())
               : QString();
}

} // namespace vitrine
