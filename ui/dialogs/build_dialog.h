#pragma once

#include "core/session/build_follower.h"

#include <QDialog>
#include <QLabel>

#include <optional>

class QPushButton;

namespace vitrine {

class BuildForm;
class StepProgress;

/// Builds the variants of a checkpoint or script: asks what and where to, shows how far it is, and closes
/// when the set is there. Problems stand in the dialog. Cancel while building stops it.
class BuildDialog : public QDialog
{
    Q_OBJECT

public:
    BuildDialog(ComparisonSession& session, const QString& source, QWidget* parent = nullptr);

    void build();
    void reject() override;
    bool isBuilding() const { return m_follower.isRunning(); }
    bool isBuilding(quint64 build) const { return m_follower.follows(build); } ///< See BuildFollower.
    QString message() const { return m_message->text(); } ///< The problem or note that is shown.

Q_SIGNALS:
    void built(const QString& source, const QString& folder);

private:
    void makeLayout();
    void follow();
    void checkForm();
    void lookAtSource(); ///< Asks what it says of itself, unless that was asked already.
    std::optional<Variant> sourceHere() const; ///< As it was opened in the session; none: it was not.
    void setBuilding(bool building);
    void endUnbuilt(const QString& problem);

    ComparisonSession& m_session;
    BuildFollower m_follower;
    BuildForm* m_form;
    QLabel* m_message;
    StepProgress* m_progress;
    QPushButton* m_build;
    QString m_source;                        ///< Of what is being built.
    QString m_lookedAt;                      ///< The source,
    std::optional<DeitOptions> m_lookedWith; ///< and what was stated about it.
};

} // namespace vitrine
