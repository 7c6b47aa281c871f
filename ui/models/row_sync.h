#pragma once

#include <QSet>
#include <QString>

#include <algorithm>
#include <functional>
#include <iterator>

namespace vitrine {

/// How a list model follows a new snapshot: items are only ever taken out or appended (the order is the
/// order of adding), so that views keep selection and scroll position.
struct RowSync
{
    std::function<void(int first, int last)> remove; ///< Between beginRemoveRows() and endRemoveRows().
    std::function<void(int firstNew, int lastNew)> append;
};

/// `items`, which `sync` changes, become those of `wanted`; both have an `id`. Neighbours go together, from
/// the last to the first. Linear in their number; nothing is called when the ids are the same.
template <typename Items, typename Wanted>
void syncRows(const Items& items, const Wanted& wanted, const RowSync& sync)
{
    const auto haveSameId = [](const auto& a, const auto& b) { return a.id == b.id; };
    if (std::ranges::equal(items, wanted, haveSameId))
        return;
    QSet<QString> ids;
    ids.reserve(std::ssize(wanted));
    for (const auto& item : wanted)
        ids.insert(item.id);
    const auto isGone = [&](int row) { return !ids.contains(items[static_cast<std::size_t>(row)].id); };
    for (int last = static_cast<int>(std::ssize(items)) - 1; last >= 0; --last) {
        if (!isGone(last))
            continue;
        int first = last;
        while (first > 0 && isGone(first - 1))
            --first;
        sync.remove(first, last);
        last = first;
    }
    if (std::ssize(wanted) > std::ssize(items))
        sync.append(static_cast<int>(std::ssize(items)), static_cast<int>(std::ssize(wanted)) - 1);
}

} // namespace vitrine
