#pragma once

#include "core/build/build_request.h"
#include "core/session/task.h"

namespace vitrine {

/// Builds a variant set into request.folder or, where a cache folder is named, below that unless it is there.
class BuildTask : public Task
{
public:
    BuildTask(quint64 build, BuildRequest request, QString cacheFolder)
        : m_build(build), m_request(std::move(request)), m_cacheFolder(std::move(cacheFolder))
    {
    }
    void run(const TaskContext& context) override;

private:
    quint64 m_build; ///< Its number.
    BuildRequest m_request;
    QString m_cacheFolder; ///< Empty: none.
};

} // namespace vitrine
