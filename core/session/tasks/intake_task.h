#pragma once

#include "core/session/task.h"

#include <QStringList>

namespace vitrine {

/// Reads files and adds what they are, told apart by content; those that cannot be used are refused. Stops
/// between files.
class IntakeTask : public Task
{
public:
    enum class What { Anything, Images, Models, VariantSets };

    IntakeTask(What what, QStringList paths) : m_what(what), m_paths(std::move(paths)) {}
    void run(const TaskContext& context) override;

private:
    What m_what;
    QStringList m_paths;
};

} // namespace vitrine
