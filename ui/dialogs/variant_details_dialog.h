#pragma once

#include "core/compare/comparison.h"

#include <QDialog>

class QFormLayout;

namespace vitrine {

class ComparisonSession;

/// All that is known about one variant, to read and to copy. What only the archive itself tells is filled in
/// when the session has described it.
class VariantDetailsDialog : public QDialog
{
    Q_OBJECT

public:
    VariantDetailsDialog(ComparisonSession& session, const VariantResult& result, QWidget* parent = nullptr);

    /// Everything that is shown, one line a fact.
    QString text() const { return m_lines.join(QLatin1Char('\n')); }

private:
    void addFacts(const VariantResult& result);
    void add(const QString& name, const QString& given);
    void followDescription(ComparisonSession& session, const QString& path);

    QFormLayout* m_form;
    QStringList m_lines;
};

} // namespace vitrine
