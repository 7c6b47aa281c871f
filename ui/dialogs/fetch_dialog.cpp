#include "ui/dialogs/fetch_dialog.h"

#include "core/base/literals.h"
#include "core/build/replaced_folder.h"
#include "ui/app_settings.h"
#include "ui/dialogs/fetch_form.h"
#include "ui/format.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/variant_delegate.h"

#include <QDialogButtonBox>
#include <QDir>
#include <QFileInfo>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>

namespace vitrine {

namespace {

constexpr int barSteps = 1000;
constexpr QSize firstSize{680, 520};

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
    : QDialog(parent), m_session(session), m_settings(settings), m_form(new FetchForm(settings)),
      m_message(new QLabel), m_step(new QLabel), m_numbers(new QLabel), m_bar(new QProgressBar),
      m_start(new QPushButton(tr("&Download and build"))), m_stop(new QPushButton)
{
    setWindowTitle(tr("Get a DeiT model"));
    makeLayout();
    followDownload();
    followBuild();
    connect(m_form, &FetchForm::changed, this, &FetchDialog::checkForm);
    connect(m_form, &FetchForm::chosen, this, &FetchDialog::start);
    setStage(Stage::Idle);
    const auto catalogue = catalogueWith(catalogueOfEnvironment());
    m_form->setCatalogue(catalogue ? *catalogue : officialCheckpoints());
    checkForm();
    if (!catalogue)
        showMessage(catalogue.error().message, true);
}

FetchDialog::~FetchDialog() = default;

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
    m_bar->setAccessibleName(tr("Progress"));
    m_numbers->setAccessibleName(tr("Downloaded"));
    auto* buttons = new QDialogButtonBox;
    buttons->addButton(m_start, QDialogButtonBox::ActionRole);
    buttons->addButton(m_stop, QDialogButtonBox::RejectRole);
    connect(m_start, &QPushButton::clicked, this, &FetchDialog::start);
    connect(m_stop, &QPushButton::clicked, this, [this] { m_stage == Stage::Idle ? reject() : stop(); });
    m_start->setDefault(true);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(introduction);
    layout->addWidget(m_form, 1);
    layout->addWidget(m_message);
    layout->addWidget(m_step);
    layout->addWidget(m_bar);
    layout->addWidget(m_numbers);
    layout->addWidget(buttons);
    resize(firstSize);
}

void FetchDialog::followDownload()
{
    connect(&m_downloader, &Downloader::progressed, this, &FetchDialog::showDownload);
    connect(&m_downloader, &Downloader::finished, this, &FetchDialog::build);
    connect(&m_downloader, &Downloader::failed, this,
            [this](const Error& error) { end(error.message, true); });
    connect(&m_downloader, &Downloader::cancelled, this, [this](qint64 kept) {
        end(kept > 0
                ? tr("Stopped. %1 are kept; the next download goes on from there.").arg(formatMegabytes(kept))
                : tr("Stopped. Nothing was downloaded."),
            false);
    });
}

void FetchDialog::followBuild()
{
    connect(&m_session, &ComparisonSession::progressed, this, [this](const Progress& progress) {
        if (m_stage != Stage::Building || !m_session.isBuilding())
            return;
        m_step->setText(progress.step);
        m_bar->setRange(0, static_cast<int>(progress.total));
        m_bar->setValue(static_cast<int>(progress.done));
    });
    connect(&m_session, &ComparisonSession::variantSetBuilt, this, [this](const QString& folder) {
        if (m_stage != Stage::Building || QFileInfo(folder) != QFileInfo(m_build.folder))
            return;
        setStage(Stage::Idle);
        accept();
        Q_EMIT built(m_build.source, folder);
    });
    connect(&m_session, &ComparisonSession::buildFailed, this,
            [this](const QString& source, const Error& error) {
                if (isBuilding(source))
                    end(error.message, true);
            });
    connect(&m_session, &ComparisonSession::busyChanged, this, [this](bool busy) {
        if (!busy && m_stage == Stage::Building)
            endUnbuilt();
    });
}

bool FetchDialog::isBuilding(const QString& source) const
{
    return m_stage == Stage::Building && source == m_build.source;
}

void FetchDialog::start()
{
    const auto request = m_form->request();
    if (!request || m_stage != Stage::Idle)
        return;
    m_form->remember(m_settings);
    m_download = *request;
    m_download.mayReplace = !isHere(m_download.entry, m_download.folder); // the button says what is done
    if (m_download.mayReplace)
        if (const Status free = ReplacedFolder::check(setFolder()); !free)
            return showMessage(free.error().message, true);
    setStage(Stage::Downloading);
    m_downloader.start(m_download);
}

QString FetchDialog::setFolder() const
{
    return QDir(m_download.folder).filePath(m_download.entry.name);
}

void FetchDialog::build(const QString& checkpoint, bool wasThere)
{
    m_build = {};
    m_build.source = checkpoint;
    m_build.folder = setFolder();
    m_build.modelName = QFileInfo(checkpoint).completeBaseName();
    m_form->refresh();
    if (wasThere && readVariantSet(m_build.folder).ok()) {
        setStage(Stage::Idle);
        accept();
        Q_EMIT built(checkpoint, m_build.folder);
        return;
    }
    setStage(Stage::Building);
    m_session.buildVariants(m_build);
    if (!m_session.isBuilding())
        m_step->setText(tr("The variants are built when what is running is done."));
}

void FetchDialog::stop()
{
    if (m_stage == Stage::Downloading)
        m_downloader.cancel();
    else if (m_stage == Stage::Building && m_session.cancelBuild())
        endUnbuilt();
}

void FetchDialog::endUnbuilt()
{
    end(tr("Stopped. The checkpoint is there; the variants were not built."), false);
}

void FetchDialog::reject()
{
    stop();
    QDialog::reject();
}

QString FetchDialog::message() const
{
    return m_message->text();
}

QString FetchDialog::progress() const
{
    return m_step->text() + QLatin1Char('\n') + m_numbers->text();
}

void FetchDialog::checkForm()
{
    const auto request = m_form->request();
    m_start->setEnabled(request.ok() && m_stage == Stage::Idle);
    if (!request)
        return showMessage(request.error().message, true);
    const bool here = isHere(request->entry, request->folder);
    const bool partly = !here && keptBytes(request->entry, request->folder) > 0;
    m_start->setText(here     ? tr("&Build and open")
                     : partly ? tr("&Resume download")
                              : tr("&Download and build"));
    showMessage({}, false);
}

void FetchDialog::showDownload(const DownloadProgress& progress)
{
    m_step->setText(progress.step);
    m_numbers->setText(numbersText(progress));
    m_bar->setRange(0, progress.totalBytes > 0 ? barSteps : 0);
    if (progress.totalBytes > 0)
        m_bar->setValue(static_cast<int>(progress.receivedBytes * barSteps / progress.totalBytes));
}

void FetchDialog::setStage(Stage stage)
{
    m_stage = stage;
    const bool isBusy = stage != Stage::Idle;
    m_form->setEnabled(!isBusy);
    m_start->setEnabled(!isBusy);
    m_stop->setText(isBusy ? tr("&Cancel") : tr("&Close"));
    m_step->setText(stage == Stage::Building ? tr("Building the variants…") : tr("Starting…"));
    m_numbers->clear();
    m_bar->setRange(0, 0);
    for (QWidget* widget : std::initializer_list<QWidget*>{m_step, m_bar, m_numbers})
        widget->setVisible(isBusy);
    m_message->setVisible(!isBusy);
    m_message->clear();
}

void FetchDialog::end(const QString& note, bool isProblem)
{
    setStage(Stage::Idle);
    m_form->refresh();
    checkForm();
    showMessage(note, isProblem);
}

void FetchDialog::showMessage(const QString& text, bool isProblem)
{
    QPalette colors = palette();
    if (isProblem)
        colors.setColor(QPalette::WindowText, errorColor(colors));
    m_message->setPalette(colors);
    m_message->setText(text);
}

} // namespace vitrine
