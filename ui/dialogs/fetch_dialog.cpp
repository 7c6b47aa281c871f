#include "ui/dialogs/fetch_dialog.h"

#include "core/base/literals.h"
#include "ui/app_settings.h"
#include "ui/dialogs/fetch_form.h"
#include "ui/format.h"
#include "ui/widgets/labels.h"

#include <QDialogButtonBox>
#include <QPushButton>
#include <QVBoxLayout>

namespace vitrine {

namespace {

QString numbersText(const DownloadProgress& progress)
{
    if (progress.receivedBytes <= 0)
        return {};
    QStringList parts{progress.totalBytes > 0 ? FetchDialog::tr("%1 of %2")
                                                    .arg(formatMegabytes(progress.receivedBytes),
                                                         formatMegabytes(progress.totalBytes))
                                              : formatMegabytes(progress.receivedBytes)};
    if (progress.bytesPerSecond > 0)
        parts << FetchDialog::tr("%1/s").arg(formatMegabytes(static_cast<qint64>(progress.bytesPerSecond)));
    if (const auto remaining = progress.remaining())
        parts << FetchDialog::tr("%1 left").arg(formatDuration(*remaining));
    return parts.join(u" · "_s);
}

} // namespace

FetchDialog::FetchDialog(ComparisonSession& session, AppSettings& settings, QWidget* parent)
    : QDialog(parent), m_settings(settings), m_fetch(session), m_form(new FetchForm(settings)),
      m_message(new QLabel), m_progress(new StepProgress), m_numbers(new QLabel),
      m_start(new QPushButton(tr("&Download and build"))), m_stop(new QPushButton)
{
    setWindowTitle(tr("Get a model"));
    makeLayout();
    follow();
    connect(m_form, &FetchForm::changed, this, &FetchDialog::checkForm);
    connect(m_form, &FetchForm::chosen, this, &FetchDialog::start);
    showStage(Stage::Idle);
    const auto catalogue = catalogueWith(catalogueOfEnvironment());
    m_form->setCatalogue(catalogue ? *catalogue : officialCheckpoints());
    checkForm();
    if (!catalogue)
        showMessage(m_message, catalogue.error().message, true);
}

void FetchDialog::makeLayout()
{
    auto* introduction = new QLabel(
        tr("The official checkpoints, trained on ImageNet. One is downloaded, checked, and built into "
           "its five variants."));
    introduction->setWordWrap(true);
    m_message->setWordWrap(true);
    m_message->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_message->setMinimumHeight(3 * fontMetrics().lineSpacing());
    m_message->setAlignment(Qt::AlignTop);
    m_numbers->setTextFormat(Qt::PlainText);
    m_numbers->setAccessibleName(tr("Downloaded"));
    auto* buttons = new QDialogButtonBox;
    buttons->addButton(m_start, QDialogButtonBox::ActionRole);
    buttons->addButton(m_stop, QDialogButtonBox::RejectRole);
    connect(m_start, &QPushButton::clicked, this, &FetchDialog::start);
    connect(m_stop, &QPushButton::clicked, this, [this] { stage() == Stage::Idle ? reject() : stop(); });
    m_start->setDefault(true);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(introduction);
    layout->addWidget(m_form, 1);
    layout->addWidget(m_message);
    layout->addWidget(m_progress);
    layout->addWidget(m_numbers);
    layout->addWidget(buttons);
    resize(680, 520);
}

void FetchDialog::follow()
{
    connect(&m_fetch, &FetchAndBuild::stageChanged, this, &FetchDialog::showStage);
    connect(&m_fetch, &FetchAndBuild::downloadProgressed, this, &FetchDialog::showDownload);
    connect(&m_fetch, &FetchAndBuild::downloaded, m_form, &FetchForm::refresh);
    connect(&m_fetch, &FetchAndBuild::buildProgressed, m_progress, &StepProgress::setProgress);
    connect(&m_fetch, &FetchAndBuild::finished, this, &FetchDialog::openFetched);
    connect(&m_fetch, &FetchAndBuild::failed, this, [this](const Error& error) { end(error.message, true); });
    connect(&m_fetch, &FetchAndBuild::cancelled, this, &FetchDialog::explainStop);
}

void FetchDialog::start()
{
    const auto download = m_form->request();
    if (!download || stage() != Stage::Idle)
        return;
    m_form->remember(m_settings);
    FetchRequest request{*download, {}};
    request.download.mayReplace = !isHere(download->entry, download->folder); // the button says what is done
    m_fetch.start(request);
}

void FetchDialog::reject()
{
    stop();
    QDialog::reject();
}

void FetchDialog::checkForm()
{
    const auto request = m_form->request();
    m_start->setEnabled(request.ok() && stage() == Stage::Idle);
    if (!request)
        return showMessage(m_message, request.error().message, true);
    const bool here = isHere(request->entry, request->folder);
    const bool partly = !here && keptBytes(request->entry, request->folder) > 0;
    m_start->setText(here     ? tr("&Build and open")
                     : partly ? tr("&Resume download")
                              : tr("&Download and build"));
    showMessage(m_message, {}, false);
}

void FetchDialog::showDownload(const DownloadProgress& progress)
{
    m_progress->setProgress({progress.step, progress.receivedBytes, progress.totalBytes});
    m_numbers->setText(numbersText(progress));
}

void FetchDialog::showStage(Stage stage)
{
    const bool isBusy = stage != Stage::Idle;
    m_form->setEnabled(!isBusy);
    m_start->setEnabled(!isBusy);
    m_stop->setText(isBusy ? tr("&Cancel") : tr("&Close"));
    m_progress->setProgress({stage == Stage::Building ? tr("Building the variants…") : tr("Starting…")});
    m_progress->setVisible(isBusy);
    m_numbers->clear();
    m_numbers->setVisible(isBusy);
    m_message->setVisible(!isBusy);
    m_message->clear();
}

void FetchDialog::openFetched(const QString& checkpoint, const QString& folder)
{
    accept();
    Q_EMIT built(checkpoint, folder);
}

void FetchDialog::explainStop(Stage during, qint64 keptBytes)
{
    if (during == Stage::Building)
        end(tr("Stopped. The checkpoint is there; the variants were not built."), false);
    else if (keptBytes > 0)
        end(tr("Stopped. %1 are kept; the next download goes on from there.").arg(formatMegabytes(keptBytes)),
            false);
    else
        end(tr("Stopped. Nothing was downloaded."), false);
}

void FetchDialog::end(const QString& note, bool isProblem)
{
    m_form->refresh();
    checkForm();
    showMessage(m_message, note, isProblem);
}

} // namespace vitrine
