#include "ui/dialogs/build_dialog.h"

#include "ui/dialogs/build_form.h"
#include "ui/widgets/variant_delegate.h"

#include <QDialogButtonBox>
#include <QFileInfo>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>

namespace vitrine {

BuildDialog::BuildDialog(ComparisonSession& session, const QString& source, QWidget* parent)
    : QDialog(parent), m_session(session), m_form(new BuildForm(session.quantizedEngines())),
      m_message(new QLabel), m_step(new QLabel), m_bar(new QProgressBar),
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
    layout->addWidget(m_step);
    layout->addWidget(m_bar);
    layout->addWidget(buttons);
    resize(560, sizeHint().height());
}

void BuildDialog::follow()
{
    connect(m_form, &BuildForm::changed, this, &BuildDialog::checkForm);
    connect(&m_session, &ComparisonSession::progressed, this, [this](const Progress& progress) {
        if (!m_building || !m_session.isBuilding())
            return;
        m_step->setText(progress.step);
        m_bar->setRange(0, static_cast<int>(progress.total));
        m_bar->setValue(static_cast<int>(progress.done));
    });
    connect(&m_session, &ComparisonSession::variantSetBuilt, this, [this](const QString& folder) {
        if (!m_building || QFileInfo(folder) != QFileInfo(m_folder))
            return;
        setBuilding(false);
        accept();
        Q_EMIT built(m_source, folder);
    });
    connect(&m_session, &ComparisonSession::buildFailed, this,
            [this](const QString& source, const Error& error) {
                if (!isBuilding(source))
                    return;
                setBuilding(false);
                showProblem(error.message);
            });
    connect(&m_session, &ComparisonSession::busyChanged, this, [this](bool busy) {
        if (!busy && m_building)
            endUnbuilt();
    });
}

void BuildDialog::build()
{
    const auto request = m_form->request();
    if (!request) {
        showProblem(request.error().message);
        return;
    }
    m_source = request->source;
    m_folder = request->folder;
    setBuilding(true);
    m_session.buildVariants(*request);
    if (!m_session.isBuilding())
        m_step->setText(tr("The variants are built when what is running is done."));
}

void BuildDialog::endUnbuilt()
{
    setBuilding(false);
    showProblem(tr("Stopped. Nothing was written."));
}

void BuildDialog::reject()
{
    if (!m_building)
        QDialog::reject();
    else if (m_session.cancelBuild())
        endUnbuilt();
}

bool BuildDialog::isBuilding(const QString& source) const
{
    return m_building && QFileInfo(source).absoluteFilePath() == QFileInfo(m_source).absoluteFilePath();
}

QString BuildDialog::message() const
{
    return m_message->text();
}

void BuildDialog::checkForm()
{
    const auto request = m_form->request();
    m_build->setEnabled(request.ok());
    if (!request)
        showProblem(request.error().message);
    else {
        m_message->setPalette(palette());
        m_message->setText(m_form->note());
    }
}

void BuildDialog::setBuilding(bool building)
{
    m_building = building;
    m_form->setEnabled(!building);
    m_build->setEnabled(!building);
    m_step->setText(building ? tr("Starting…") : QString());
    m_bar->setRange(0, building ? 0 : 1);
    m_bar->reset();
    m_step->setVisible(building);
    m_bar->setVisible(building);
    if (building)
        m_message->clear();
}

void BuildDialog::showProblem(const QString& text)
{
    QPalette colors = palette();
    colors.setColor(QPalette::WindowText, errorColor(colors));
    m_message->setPalette(colors);
    m_message->setText(text);
}

} // namespace vitrine
