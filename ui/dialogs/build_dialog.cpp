#include "ui/dialogs/build_dialog.h"

#include "ui/dialogs/build_form.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/step_progress.h"

#include <QDialogButtonBox>
#include <QFileInfo>
#include <QPushButton>
#include <QVBoxLayout>

#include <utility>

namespace vitrine {

BuildDialog::BuildDialog(ComparisonSession& session, const QString& source, QWidget* parent)
    : QDialog(parent), m_session(session), m_follower(session),
      m_form(new BuildForm(session.quantizedEngines())), m_message(new QLabel), m_progress(new StepProgress),
      m_build(new QPushButton(tr("&Build")))
{
    setWindowTitle(tr("Build variants"));
    makeLayout();
    follow();
    m_form->setSource(source);
    setBuilding(false);
    checkForm();
}

void BuildDialog::makeLayout()
{
    auto* introduction = new QLabel(tr("From one checkpoint: original, scripted, quantized, mobile-optimized "
                                       "and lite, in a folder of their own."));
    introduction->setWordWrap(true);
    m_message->setWordWrap(true);
    m_message->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_message->setMinimumHeight(2 * fontMetrics().height());
    m_message->setAlignment(Qt::AlignTop);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    buttons->addButton(m_build, QDialogButtonBox::AcceptRole);
    connect(buttons, &QDialogButtonBox::accepted, this, &BuildDialog::build);
    connect(buttons, &QDialogButtonBox::rejected, this, &BuildDialog::reject);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(introduction);
    layout->addWidget(m_form);
    layout->addWidget(m_message);
    layout->addWidget(m_progress);
    layout->addWidget(buttons);
    resize(560, sizeHint().height());
}

void BuildDialog::follow()
{
    connect(m_form, &BuildForm::changed, this, &BuildDialog::checkForm);
    connect(&m_follower, &BuildFollower::progressed, m_progress, &StepProgress::setProgress);
    connect(&m_follower, &BuildFollower::built, this, [this](const QString& folder) {
        setBuilding(false);
        accept();
        Q_EMIT built(m_source, folder);
    });
    connect(&m_follower, &BuildFollower::failed, this, [this](const Error& error) {
        endUnbuilt(error.message);
        if (error.kind == ErrorKind::Incompatible)
            m_form->offerLabelsAnyway();
    });
    connect(&m_session, &ComparisonSession::inputRead, this,
            [this](const QString& path, const Result<Variant>& input) {
                if (path == m_lookedAt)
                    m_form->setFound(input ? *input : Variant());
                if (path == m_lookedAt && !isBuilding())
                    checkForm();
            });
    connect(&m_follower, &BuildFollower::cancelled, this,
            [this] { endUnbuilt(tr("Stopped. Nothing was written.")); });
}

void BuildDialog::build()
{
    auto request = m_form->request();
    if (!request)
        return showMessage(m_message, request.error().message, true);
    if (const auto here = sourceHere())
        request->fileOperators = here->fileOperators;
    m_source = request->source;
    setBuilding(true);
    m_follower.start(*request);
}

void BuildDialog::endUnbuilt(const QString& problem)
{
    setBuilding(false);
    showMessage(m_message, problem, true);
}

void BuildDialog::reject()
{
    if (isBuilding())
        m_follower.cancel();
    else
        QDialog::reject();
}

std::optional<Variant> BuildDialog::sourceHere() const
{
    const auto now = m_session.snapshot();
    for (const VariantResult& result : now->variants)
        if (result.variant.path == m_form->source())
            return result.variant;
    return std::nullopt;
}

void BuildDialog::lookAtSource()
{
    const QString source = m_form->source();
    if (!QFileInfo(source).isFile())
        return;
    if (std::exchange(m_lookedAt, source) != source) {
        m_lookedWith.reset();
        const auto here = sourceHere();
        m_form->setFound({});
        m_form->setOptions(here ? here->deit : DeitOptions());
    }
    const auto options = m_form->options();
    if (!options || *options == m_lookedWith)
        return;
    m_lookedWith = *options;
    m_session.readInput(source, *options);
}

void BuildDialog::checkForm()
{
    lookAtSource();
    const auto request = m_form->request();
    m_build->setEnabled(request.ok());
    showMessage(m_message, request ? m_form->note() : request.error().message, !request);
}

void BuildDialog::setBuilding(bool building)
{
    m_form->setEnabled(!building);
    m_build->setEnabled(!building);
    m_progress->setProgress({tr("Starting…")});
    m_progress->setVisible(building);
    if (building)
        m_message->clear();
}

} // namespace vitrine
