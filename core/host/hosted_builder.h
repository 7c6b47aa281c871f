#pragma once

#include "core/engine/engine.h"
#include "core/host/host_process.h"

namespace vitrine {

/// Makes variants of scripts in the hosting process, which writes nothing: what it makes comes in replies.
/// The thread of `process`, which must outlive it.
class HostedFactory : public VariantFactory
{
public:
    HostedFactory(EngineInfo info, HostProcess& process) : m_info(std::move(info)), m_process(process) {}

    /// Unsupported: a checkpoint is data, and is built from without a host.
    Result<std::unique_ptr<VariantBuilder>> fromDeit(DeitWeights weights,
                                                     const QString& quantizedEngine) override;
    Result<std::unique_ptr<VariantBuilder>> fromScript(const QString& path,
                                                       const QString& quantizedEngine) override;

private:
    EngineInfo m_info;
    HostProcess& m_process;
    qint64 m_lastId = 0;
};

} // namespace vitrine
