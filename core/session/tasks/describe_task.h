#pragma once

#include "core/session/task.h"

#include <QString>

namespace vitrine {

/// Says what a file holds; the engine is only asked about archives with code.
class DescribeTask : public Task
{
public:
    explicit DescribeTask(QString path) : m_path(std::move(path)) {}
    void run(const TaskContext& context) override;

private:
    QString m_path;
};

} // namespace vitrine
