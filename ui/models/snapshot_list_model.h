#pragma once

#include <QAbstractListModel>
#include <QSet>

#include <algorithm>
#include <iterator>
#include <vector>

namespace vitrine {

/// A list that follows snapshots: items, told apart by their `id`, are only ever taken out or appended (the
/// order is the order of adding), so that views keep selection and scroll position.
template <typename Item>
class SnapshotListModel : public QAbstractListModel
{
public:
    using QAbstractListModel::QAbstractListModel;

    int rowCount(const QModelIndex& parent = {}) const override
    {
        return parent.isValid() ? 0 : count(m_items);
    }
    /// Null: there is no such row.
    const Item* item(const QModelIndex& index) const
    {
        return checkIndex(index, CheckIndexOption::IndexIsValid) ? &m_items[std::size_t(index.row())]
                                                                 : nullptr;
    }

protected:
    /// The items become those of `wanted`. Neighbours go together, from the last to the first. Linear in
    /// their number; nothing happens, and false is returned, when the ids are the same.
    bool follow(const std::vector<Item>& wanted)
    {
        if (std::ranges::equal(m_items, wanted, {}, &Item::id, &Item::id))
            return false;
        QSet<QString> ids;
        ids.reserve(std::ssize(wanted));
        for (const Item& each : wanted)
            ids.insert(each.id);
        const auto isGone = [&](int row) { return !ids.contains(m_items[std::size_t(row)].id); };
        for (int last = count(m_items) - 1; last >= 0; --last) {
            if (!isGone(last))
                continue;
            int first = last;
            while (first > 0 && isGone(first - 1))
                --first;
            beginRemoveRows({}, first, last);
            m_items.erase(m_items.begin() + first, m_items.begin() + last + 1);
            endRemoveRows();
            last = first;
        }
        if (wanted.size() > m_items.size()) {
            beginInsertRows({}, count(m_items), count(wanted) - 1);
            m_items.insert(m_items.end(), wanted.begin() + std::ssize(m_items), wanted.end());
            endInsertRows();
        }
        return true;
    }

    std::vector<Item> m_items;

private:
    static int count(const std::vector<Item>& list) { return static_cast<int>(list.size()); }
};

} // namespace vitrine
