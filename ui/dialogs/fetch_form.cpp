#include "ui/dialogs/fetch_form.h"

#include "core/fetch/fetch_places.h"
#include "ui/app_settings.h"
#include "ui/widgets/path_edit.h"

#include <QFormLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QTableView>
#include <QToolButton>

namespace vitrine {

namespace {

/// A part of a form that is folded away until its heading is clicked.
QWidget* folded(const QString& text, QWidget* content, bool isOpen)
{
    auto* heading = new QToolButton;
    heading->setText(text);
    heading->setCheckable(true);
    heading->setAutoRaise(true);
    heading->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    heading->setFocusPolicy(Qt::StrongFocus);
    auto* fold = new QWidget;
    auto* layout = new QVBoxLayout(fold);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(heading);
    layout->addWidget(content);
    const auto setOpen = [heading, content](bool open) {
        heading->setArrowType(open ? Qt::DownArrow : Qt::RightArrow);
        content->setVisible(open);
    };
    setOpen(isOpen);
    heading->setChecked(isOpen);
    QObject::connect(heading, &QToolButton::toggled, content, setOpen);
    return fold;
}

} // namespace

FetchForm::FetchForm(const AppSettings& settings, QWidget* parent)
    : QWidget(parent), m_model(new CatalogueModel(this)), m_table(new QTableView),
      m_folder(new PathEdit(PathEdit::Kind::Folder, tr("Target folder"))), m_mirror(new QLineEdit)
{
    makeTable();
    makeLayout(settings);
    connect(m_folder, &PathEdit::changed, this, [this] {
        m_model->setFolder(m_folder->path());
        Q_EMIT changed();
    });
    connect(m_mirror, &QLineEdit::textChanged, this, &FetchForm::changed);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &FetchForm::changed);
    connect(m_table, &QTableView::doubleClicked, this, &FetchForm::chosen);
    const QString folder = settings.value(setting::fetchFolder);
    m_folder->setPath(folder.isEmpty() ? defaultModelsFolder() : folder);
}

void FetchForm::makeTable()
{
    m_table->setModel(m_model);
    m_table->setAccessibleName(tr("Models"));
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setTabKeyNavigation(false);
    m_table->setShowGrid(false);
    m_table->setWordWrap(false);
    m_table->verticalHeader()->hide();
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_table->horizontalHeader()->setSectionResizeMode(0, QHeaderView::Stretch);
}

void FetchForm::makeLayout(const AppSettings& settings)
{
    m_mirror->setAccessibleName(tr("Mirror"));
    m_mirror->setPlaceholderText(defaultBaseUrl());
    m_mirror->setToolTip(tr("The address of a folder that holds the same files; empty: the usual one"));
    m_mirror->setText(settings.value(setting::fetchBaseUrl));
    auto* mirror = new QWidget;
    auto* advanced = new QFormLayout(mirror);
    advanced->setContentsMargins(0, 0, 0, 0);
    advanced->addRow(tr("&Mirror:"), m_mirror);
    auto* place = new QFormLayout;
    place->addRow(tr("Target &folder:"), m_folder);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_table, 1);
    layout->addLayout(place);
    layout->addWidget(folded(tr("&Advanced"), mirror, !m_mirror->text().isEmpty()));
}

void FetchForm::setCatalogue(const Catalogue& catalogue)
{
    m_model->setCatalogue(catalogue);
    m_table->setCurrentIndex(m_model->index(0, 0));
    constexpr int leastRowsShown = 3;
    const int row = m_table->verticalHeader()->defaultSectionSize();
    const int header = m_table->horizontalHeader()->sizeHint().height() + 2 * m_table->frameWidth();
    m_table->setMinimumHeight(header + leastRowsShown * row);
}

Result<DownloadRequest> FetchForm::request() const
{
    const CatalogueEntry* entry = m_model->entry(m_table->currentIndex().row());
    if (entry == nullptr)
        return Error{ErrorKind::Usage, tr("Choose a model."), {}};
    if (m_folder->path().isEmpty())
        return Error{ErrorKind::Usage, tr("Choose a folder for the models."), {}};
    const QString mirror = m_mirror->text().trimmed();
    const auto url = parseBaseUrl(mirror.isEmpty() ? defaultBaseUrl() : mirror);
    if (!url)
        return url.failure();
    return DownloadRequest{*entry, *url, m_folder->path()};
}

void FetchForm::remember(AppSettings& settings) const
{
    const QString folder = m_folder->path();
    settings.set(setting::fetchFolder, folder == defaultModelsFolder() ? QString() : folder);
    settings.set(setting::fetchBaseUrl, m_mirror->text().trimmed());
}

} // namespace vitrine
