#pragma once

#include "core/session/comparison_session.h"

#include <QDialog>

class QLabel;
class QProgressBar;
class QPushButton;

namespace vitrine {

class BuildForm;

/// Builds the variants of a checkpoint or script: asks what and where to, shows how far it is, and closes
/// when the set is there. Problems stand in the dialog. Cancel while building stops it.
class BuildDialog : public QDialog
{
    Q_OBJECT

public:
    BuildDialog(ComparisonSession& session, const QString& source, QWidget* parent = nullptr);

    void build();
    void reject() override;
    bool isBuilding() const { return m_building; }
    bool isBuilding(const QString& source) const; ///< Not something else of the session's.
    QString message() const;                      ///< The problem or note that is shown.

Q_SIGNALS:
    void built(const QString& source, const QString& folder);

private:
    void makeLayout();
    void follow();
    void checkForm();
    void setBuilding(bool building);
    void endUnbuilt();
    void showProblem(const QString& text);

    ComparisonSession& m_session;
    BuildForm* m_form;
    QLabel* m_message;
    QLabel* m_step;
    QProgressBar* m_bar;
    QPushButton* m_build;
    QString m_source; ///< Of what is being built, like the folder: others build, too.
    QString m_folder;
    bool m_building = false;
};

} // namespace vitrine
