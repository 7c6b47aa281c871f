#pragma once

#include "core/compare/comparison.h"
#include "ui/models/snapshot_list_model.h"

namespace vitrine {

class ComparisonSession;

/// The variants of a session, with a check box each: ticked ones are run and charted.
class VariantListModel : public SnapshotListModel<VariantResult>
{
    Q_OBJECT

public:
    enum Role {
        IdRole = Qt::UserRole + 1,
        ColorRole,
        SizeRole,  ///< "22.9 MB"
        StateRole, ///< "scripted, ready": what it is and what it is doing.
        ErrorRole, ///< What went wrong, for the user; empty when nothing did.
    };

    explicit VariantListModel(ComparisonSession& session, QObject* parent = nullptr);

    void setComparison(const Comparison& comparison);
    QVariant data(const QModelIndex& index, int role) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role) override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;

private:
    ComparisonSession& m_session;
    bool m_namesEngines = false; ///< There are several.
};

QString stateText(VariantState state);

} // namespace vitrine
