#pragma once

#include "core/fetch/downloader.h"
#include "ui/models/catalogue_model.h"

#include <QWidget>

class QLineEdit;
class QTableView;

namespace vitrine {

class AppSettings;
class PathEdit;

/// Which model is to be downloaded, from where and where to.
class FetchForm : public QWidget
{
    Q_OBJECT

public:
    explicit FetchForm(const AppSettings& settings, QWidget* parent = nullptr);

    void setCatalogue(const Catalogue& catalogue);
    /// The request, or what is wrong with the fields.
    Result<DownloadRequest> request() const;
    void remember(AppSettings& settings) const; ///< Folder and mirror.
    /// Looks again what is there.
    void refresh() { m_model->refresh(); }

Q_SIGNALS:
    void changed();
    void chosen(); ///< A model was double-clicked.

private:
    void makeTable();
    void makeLayout(const AppSettings& settings);

    CatalogueModel* m_model;
    QTableView* m_table;
    PathEdit* m_folder;
    QLineEdit* m_mirror;
};

} // namespace vitrine
