#include "ui/dialogs/variant_details_dialog.h"

#include "core/base/literals.h"
#include "core/base/shown_text.h"
#include "core/session/comparison_session.h"

#include <QApplication>
#include <QClipboard>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLocale>
#include <QPlainTextEdit>
#include <QPushButton>

namespace vitrine {

namespace {

constexpr int textWidth = 440;
constexpr int linesAtMost = 6;

/// "labels: config.json; preprocessing: preprocessor_config.json"
QString originsText(const Variant& variant)
{
    QStringList texts;
    for (auto origin = variant.origins.begin(); origin != variant.origins.end(); ++origin)
        texts << u"%1: %2"_s.arg(origin.key(), origin.value());
    return texts.join(u"; "_s);
}

} // namespace

VariantDetailsDialog::VariantDetailsDialog(ComparisonSession& session, const VariantResult& result,
                                           QWidget* parent)
    : QDialog(parent), m_form(new QFormLayout(this))
{
    setWindowTitle(tr("Details of %1").arg(shownText(result.variant.name, LineBreaks::Shown)));
    m_form->setRowWrapPolicy(QFormLayout::DontWrapRows);
    m_form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    QPushButton* copy = buttons->addButton(tr("&Copy"), QDialogButtonBox::ActionRole);
    connect(copy, &QPushButton::clicked, this, [this] { QApplication::clipboard()->setText(text()); });
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    m_form->addRow(buttons);
    addFacts(result);
    followDescription(session, result.variant.path);
    resize(620, sizeHint().height());
}

void VariantDetailsDialog::addFacts(const VariantResult& result)
{
    const Variant& variant = result.variant;
    add(tr("Kind"), kindName(variant.kind));
    add(tr("Model"), variant.modelName);
    add(tr("File"), variant.path);
    add(tr("Size"), tr("%1 bytes").arg(QLocale().toString(variant.bytes)));
    add(tr("SHA-256"), QString::fromLatin1(variant.sha256.toHex()));
    add(tr("Made by"), variant.madeBy);
    add(tr("Runs on engine"), QString(result.engineName + u' ' + result.engineVersion).trimmed());
    add(tr("Made for quantized engine"), variant.quantizedEngine);
    add(tr("Runs under quantized engine"), result.quantizedEngine);
    add(tr("Input"), variant.preprocessing.toText());
    if (variant.classes > 0)
        add(tr("Classes"), QLocale().toString(variant.classes));
    if (variant.labelsAreBuiltIn)
        add(tr("Labels"), tr("the built-in names of ImageNet, as the model brings none"));
    else if (!variant.labels.isEmpty())
        add(tr("Labels"), tr("%1, its own").arg(QLocale().toString(variant.labels.size())));
    add(tr("Weights"), variant.weights.value(0));
    if (variant.heads > 0)
        add(tr("Attention heads"), QLocale().toString(variant.heads));
    add(tr("Stated"), variant.deit.toText());
    if (variant.fileOperators == FileOperators::Allowed)
        add(tr("Allowed"), tr("files and network"));
    add(tr("From files beside it"), originsText(variant));
    add(tr("To be noted"), (variant.notices + result.notices).join(QLatin1Char('\n')));
    if (!result.error)
        return;
    add(tr("Problem"), result.error->message);
    add(tr("In the library's words"), result.error->detail);
}

void VariantDetailsDialog::add(const QString& name, const QString& given)
{
    if (given.isEmpty())
        return;
    const QString value = shownText(given);
    m_lines << u"%1: %2"_s.arg(name, value);
    auto* field = new QPlainTextEdit(value);
    field->setReadOnly(true);
    field->setFrameShape(QFrame::NoFrame);
    field->viewport()->setAutoFillBackground(false);
    field->setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    field->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    field->setTabChangesFocus(true);
    field->setAccessibleName(name);
    field->document()->setDocumentMargin(0);
    const auto breaks = static_cast<int>(value.count(QLatin1Char('\n')));
    const int lines = qBound(1, fontMetrics().horizontalAdvance(value) / textWidth + 1 + breaks, linesAtMost);
    field->setFixedHeight(lines * fontMetrics().lineSpacing() + 4);
    m_form->insertRow(m_form->rowCount() - 1, name + QLatin1Char(':'), field);
}

void VariantDetailsDialog::followDescription(ComparisonSession& session, const QString& path)
{
    connect(&session, &ComparisonSession::described, this,
            [this, path](const QString& describedPath, const FileIdentity& identity,
                         const ScriptContents& contents) {
                if (describedPath != path || m_lines.last().startsWith(tr("Format")))
                    return;
                if (contents.parameters > 0)
                    add(tr("Parameters"), QLocale().toString(contents.parameters));
                if (contents.forward)
                    add(tr("Signature"), contents.forward->text());
                add(tr("Operators"), contents.operators.join(u", "_s));
                add(tr("Reaches files or network"), contents.fileOperators.join(u", "_s));
                add(tr("Format"), formatName(identity.format));
            });
    session.describe(path);
}

} // namespace vitrine
