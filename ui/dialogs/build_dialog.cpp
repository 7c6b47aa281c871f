#include "ui/dialogs/build_dialog.h"

#include "ui/dialogs/build_form.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/step_progress.h"

#include <QDialogButtonBox>
#include <QPushButton>
#include <QVBoxLayout>

namespace vitrine {

BuildDialog::BuildDialog(ComparisonSession& session, const QString& source, QWidget* parent)
    : QDialog(parent), m_follower(session), m_form(new BuildForm(session.quantizedEngines())),
      m_message(new QLabel), m_progress(new StepProgress), m_build(new QPushButton(tr("&Build")))
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
    connect(&m_follower, &BuildFollower::failed, this,
            [this](const Error& error) { endUnbuilt(error.message); });
    connect(&m_follower, &BuildFollower::cancelled, this,
            [this] { endUnbuilt(tr("Stopped. Nothing was written.")); });
}

void BuildDialog::build()
{
    const auto request = m_form->request();
    if (!request)
        return showMessage(m_message, request.error().message, true);
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

void BuildDialog::checkForm()
{
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
