#include "core/base/nearest_name.h"

#include <algorithm>
#include <vector>

namespace vitrine {

namespace {

/// Levenshtein's distance.
int distance(const QString& a, const QString& b)
{
    std::vector<int> row(static_cast<std::size_t>(b.size()) + 1);
    std::iota(row.begin(), row.end(), 0);
    for (const QChar letter : a) {
        int diagonal = std::exchange(row[0], row[0] + 1);
        for (std::size_t i = 1; i < row.size(); ++i) {
            const int replaced = diagonal + (letter == b[static_cast<qsizetype>(i) - 1] ? 0 : 1);
            diagonal = row[i];
            row[i] = std::min({replaced, row[i] + 1, row[i - 1] + 1});
        }
    }
    return row.back();
}

} // namespace

QString nearestName(const QStringList& names, const QString& typed)
{
    const auto changes = [&](const QString& name) { return distance(typed.toLower(), name.toLower()); };
    const auto nearest = std::ranges::min_element(names, {}, changes);
    const bool isNear = nearest != names.end() && changes(*nearest) <= typed.size() / 2;
    return isNear ? *nearest : QString();
}

} // namespace vitrine
