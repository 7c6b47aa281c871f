#pragma once

#include <QStringList>

#include <functional>

namespace vitrine {

/// How a list model follows a new snapshot: items are only ever taken out or appended (the order is the
/// order of adding), so that views keep selection and scroll position.
struct RowSync
{
    std::function<void(int row)> remove; ///< Between beginRemoveRows() and endRemoveRows().
    std::function<void(int firstNew, int lastNew)> append;
};

inline void syncRows(const QStringList& oldIds, const QStringList& newIds, const RowSync& sync)
{
    qsizetype kept = oldIds.size();
    for (qsizetype row = oldIds.size(); row-- > 0;)
        if (!newIds.contains(oldIds[row])) {
            sync.remove(static_cast<int>(row));
            --kept;
        }
    if (newIds.size() > kept)
        sync.append(static_cast<int>(kept), static_cast<int>(newIds.size() - 1));
}

} // namespace vitrine
