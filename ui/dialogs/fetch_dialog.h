#pragma once

#include "core/fetch/downloader.h"
#include "core/session/comparison_session.h"

#include <QDialog>

class QLabel;
class QProgressBar;
class QPushButton;

namespace vitrine {

class AppSettings;
class FetchForm;

/// Downloads a DeiT checkpoint, builds its variants, and closes when the set is there. Nothing is downloaded
/// before the user asks for it. Problems stand in the dialog. Stopping or closing keeps what has arrived; the
/// next download of it goes on from there.
class FetchDialog : public QDialog
{
    Q_OBJECT

public:
    FetchDialog(ComparisonSession& session, AppSettings& settings, QWidget* parent = nullptr);
    ~FetchDialog() override;

    enum class Stage { Idle, Downloading, Building };

    void start();
    void stop();            ///< The dialog stays.
    void reject() override; ///< Stops, and closes.

    Stage stage() const { return m_stage; }
    bool isBuilding(const QString& source) const; ///< The variants of this checkpoint, now.
    QString message() const;                      ///< The problem or note that is shown.
    QString progress() const;                     ///< What is being done, in words.
    Downloader& downloader() { return m_downloader; }

Q_SIGNALS:
    void built(const QString& source, const QString& folder);

private:
    void makeLayout();
    void followDownload();
    void followBuild();
    void checkForm();
    void build(const QString& checkpoint, bool wasThere);
    void showDownload(const DownloadProgress& progress);
    void setStage(Stage stage);
    void endUnbuilt();
    QString setFolder() const;
    void end(const QString& note, bool isProblem);
    void showMessage(const QString& text, bool isProblem);

    ComparisonSession& m_session;
    AppSettings& m_settings;
    Downloader m_downloader;
    FetchForm* m_form;
    QLabel* m_message;
    QLabel* m_step;
    QLabel* m_numbers;
    QProgressBar* m_bar;
    QPushButton* m_start;
    QPushButton* m_stop;
    DownloadRequest m_download;
    BuildRequest m_build;
    Stage m_stage = Stage::Idle;
};

} // namespace vitrine
