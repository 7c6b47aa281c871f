#pragma once

#include <QObject>

#include <functional>

class QMessageBox;
class QWidget;

namespace vitrine {

class ComparisonSession;
struct VariantResult;

/// The dialogs about one variant; what is chosen in them goes to the session. Nothing happens for one that is
/// gone. None of them waits.
class VariantDialogs : public QObject
{
    Q_OBJECT

public:
    VariantDialogs(ComparisonSession& session, QWidget* window);

    void showDetails(const QString& variantId);
    void askForInput(const QString& variantId);
    /// Whether it may do what reaches files or the network; with a warning.
    void askToAllowFiles(const QString& variantId);

private:
    void withVariant(const QString& variantId, const std::function<void(const VariantResult&)>& work) const;

    ComparisonSession& m_session;
    QWidget* m_window;
};

} // namespace vitrine
