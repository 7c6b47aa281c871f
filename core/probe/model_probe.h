#pragma once

#include "core/probe/probe_request.h"

#include <chrono>
#include <stop_token>

namespace vitrine {

/// How models are tried in a process of their own.
struct ProbeSettings
{
    QString program; ///< What understands ProbeRequest::toArguments(). Empty: nothing is ever tried.
    std::chrono::milliseconds timeout{std::chrono::minutes(3)};
};

/// Tries a model in a child process, so that a file that crashes, hangs or eats all memory does so there:
/// a crash fence, and the only honest measure of cold start and peak memory. Keeps the calling thread until
/// the child has ended; it looks at `stop` and at the clock 20 times a second.
class ModelProbe
{
public:
    explicit ModelProbe(ProbeSettings settings);

    /// The child's report or error. TooLarge: it was killed for memory, or reached the limit; Engine: it
    /// crashed, ran out of time or gave no answer. Cancelled: stopped, and the child killed.
    Result<ProbeReport> run(const ProbeRequest& request, const std::stop_token& stop = {}) const;

private:
    ProbeSettings m_settings;
};

} // namespace vitrine
