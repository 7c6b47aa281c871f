#include "ui/dialogs/build_form.h"

#include "core/base/literals.h"
#include "ui/widgets/checkpoint_fields.h"
#include "ui/widgets/labels_field.h"

#include <QComboBox>
#include <QDir>
#include <QFileInfo>
#include <QFormLayout>
#include <QLineEdit>

namespace vitrine {

namespace {

Error usage(const QString& message)
{
    return {ErrorKind::Usage, message, {}};
}

} // namespace

BuildForm::BuildForm(const QStringList& engines, QWidget* parent)
    : QWidget(parent),
      m_source(new PathEdit(PathEdit::Kind::ExistingFile, tr("Checkpoint or TorchScript file"))),
      m_folder(new PathEdit(PathEdit::Kind::Folder, tr("Target folder"))), m_name(new QLineEdit),
      m_engine(new QComboBox), m_labels(new LabelsField), m_checkpoint(new CheckpointFields)
{
    m_engine->addItem(engines.isEmpty() ? tr("the best one here")
                                        : tr("the best one (%1)").arg(engines.front()));
    for (const QString& engine : engines)
        m_engine->addItem(engine, engine);
    setFound({});
    auto* form = new QFormLayout(this);
    form->setContentsMargins(0, 0, 0, 0);
    form->addRow(tr("&Source:"), m_source);
    form->addRow(tr("Target &folder:"), m_folder);
    form->addRow(tr("Model &name:"), m_name);
    form->addRow(tr("&Quantized engine:"), m_engine);
    form->addRow(tr("&Labels file:"), m_labels);
    form->addRow(m_checkpoint);
    connect(m_source, &PathEdit::changed, this, &BuildForm::proposeTarget);
    for (PathEdit* edit : {m_source, m_folder})
        connect(edit, &PathEdit::changed, this, &BuildForm::changed);
    connect(m_labels, &LabelsField::changed, this, &BuildForm::changed);
    connect(m_checkpoint, &CheckpointFields::changed, this, &BuildForm::changed);
}

Result<DeitOptions> BuildForm::options() const
{
    return m_checkpoint->options();
}

void BuildForm::setOptions(const DeitOptions& options)
{
    m_checkpoint->setOptions(options);
}

void BuildForm::setFound(const Variant& source)
{
    m_labels->setModel(source);
    m_checkpoint->setCheckpoint(source);
}

void BuildForm::offerLabelsAnyway()
{
    m_labels->offerAnyway();
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
    const auto labels = m_labels->labels();
    if (!labels)
        return labels.failure();
    request.labels = *labels;
    request.labelsAnyway = m_labels->misfit() == LabelMisfit::Taken;
    const auto options = m_checkpoint->options();
    if (!options)
        return options.failure();
    request.deit = *options;
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
