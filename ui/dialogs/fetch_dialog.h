#pragma once

#include "core/session/fetch_and_build.h"
#include "ui/widgets/step_progress.h"

#include <QDialog>
#include <QLabel>

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

    using Stage = FetchAndBuild::Stage;

    void start();
    void stop() { m_fetch.cancel(); } ///< The dialog stays.
    void reject() override;           ///< Stops, and closes.

    Stage stage() const { return m_fetch.stage(); }
    /// See BuildFollower::follows().
    bool isBuilding(quint64 build) const { return m_fetch.isBuilding(build); }
    QString message() const { return m_message->text(); } ///< The problem or note that is shown.
    /// What is being done, in words.
    QString progress() const { return m_progress->step() + QLatin1Char('\n') + m_numbers->text(); }
    Downloader& downloader() { return m_fetch.downloader(); }

Q_SIGNALS:
    void built(const QString& source, const QString& folder);

private:
    void makeLayout();
    void follow();
    void checkForm();
    void showDownload(const DownloadProgress& progress);
    void showStage(Stage stage);
    void openFetched(const QString& checkpoint, const QString& folder);
    void end(const QString& note, bool isProblem);
    void explainStop(Stage during, qint64 keptBytes);

    AppSettings& m_settings;
    FetchAndBuild m_fetch;
    FetchForm* m_form;
    QLabel* m_message;
    StepProgress* m_progress;
    QLabel* m_numbers;
    QPushButton* m_start;
    QPushButton* m_stop;
};

} // namespace vitrine
