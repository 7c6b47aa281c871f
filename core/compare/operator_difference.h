#pragma once

#include "core/engine/operator_profile.h"

#include <QStringList>

namespace vitrine {

/// What became of a group of operators on the way from one variant to another.
enum class OperatorChange {
    Faster,   ///< Both have it; takes less time, or equally long.
    Slower,   ///< Both have it; takes more.
    Added,    ///< Only the second one has it.
    Vanished, ///< Only the first one has it.
};

/// "faster", "slower", "added", "vanished": in files and in tables.
QString changeName(OperatorChange change);

/// One group of corresponding operators (see operatorGroup()) in two variants: before and after.
struct OperatorDifference
{
    struct Side
    {
        std::chrono::nanoseconds time{}; ///< Self time of all of them.
        int calls = 0;
        QStringList operators; ///< Longest first; empty when there is none.
    };

    QString group; ///< "linear"; "(outside)" for what was spent in no operator.
    Side before;
    Side after;
    OperatorChange change = OperatorChange::Faster;

    std::chrono::nanoseconds difference() const { return after.time - before.time; }

    static constexpr const char* outside = "(outside)";
};

/// Largest difference first, whatever its sign. The differences add up to that of the two forwards' times.
/// Each side is one forward, so that a small difference says nothing. Pure.
std::vector<OperatorDifference> operatorDifferences(const OperatorProfile& before,
                                                    const OperatorProfile& after);

} // namespace vitrine
