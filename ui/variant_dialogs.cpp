#include "ui/variant_dialogs.h"

#include "core/base/shown_text.h"
#include "core/session/comparison_session.h"
#include "ui/dialogs/model_input_dialog.h"
#include "ui/dialogs/variant_details_dialog.h"

#include <QMessageBox>
#include <QPushButton>

namespace vitrine {

VariantDialogs::VariantDialogs(ComparisonSession& session, QWidget* window)
    : QObject(window), m_session(session), m_window(window)
{
}

void VariantDialogs::withVariant(const QString& variantId,
                                 const std::function<void(const VariantResult&)>& work) const
{
    const auto now = m_session.snapshot();
    if (const VariantResult* result = now->variant(variantId))
        work(*result);
}

void VariantDialogs::showDetails(const QString& variantId)
{
    withVariant(variantId, [this](const VariantResult& result) {
        auto* dialog = new VariantDetailsDialog(m_session, result, m_window);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->show();
    });
}

void VariantDialogs::askForInput(const QString& variantId)
{
    withVariant(variantId, [this](const VariantResult& result) {
        auto* dialog = new ModelInputDialog(result.variant, m_window);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        connect(dialog, &QDialog::accepted, this,
                [this, dialog, id = result.id, before = result.variant.deit] {
                    const StatedInput input{dialog->preprocessing(), dialog->labels(), dialog->misfit()};
                    if (dialog->options() == before)
                        m_session.setVariantInput(id, input.preprocessing, input.labels, input.misfit);
                    else
                        m_session.setCheckpointOptions(id, dialog->options(), input);
                });
        dialog->open();
    });
}

void VariantDialogs::askToAllowFiles(const QString& variantId)
{
    withVariant(variantId, [this](const VariantResult& result) {
        auto* box = new QMessageBox(QMessageBox::Warning, tr("Allow files and network"), {},
                                    QMessageBox::Cancel, m_window);
        box->setAttribute(Qt::WA_DeleteOnClose);
        box->setTextFormat(Qt::PlainText);
        box->setText(tr("Run %1, though its code may read or write files or use the network?")
                         .arg(shownText(result.variant.name, LineBreaks::Shown)));
        box->setInformativeText(
            tr("A model is a program. This one runs in a process of its own, which is kept from writing and "
               "from the network, but can read what you can read. Allow it only if you know who made it. "
               "This holds for this file alone, and until it is removed."));
        box->setDefaultButton(QMessageBox::Cancel);
        QPushButton* allow = box->addButton(tr("&Allow"), QMessageBox::AcceptRole);
        connect(allow, &QPushButton::clicked, this,
                [this, id = result.id] { m_session.setVariantFileOperators(id, FileOperators::Allowed); });
        box->open();
    });
}

} // namespace vitrine
