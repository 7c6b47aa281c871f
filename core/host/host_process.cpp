#include "core/host/host_process.h"

#include "core/base/literals.h"
#include "core/base/tr.h"
#include "core/host/host_messages.h"

#include <algorithm>
#include <csignal>

namespace vitrine {

namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr milliseconds poll{20};
/// A call that is stopped may still end by itself, which spares loading everything anew.
constexpr milliseconds grace{200};

const QString& subjectOf(const HostedFile& file)
{
    return file.name.isEmpty() ? file.engineName : file.name;
}

} // namespace

Status HostProcess::start(const HostedFile& file)
{
    if (isRunning())
        return Done{};
    QStringList arguments{u"host"_s};
    if (m_settings.memoryLimitBytes > 0)
        arguments << u"--memory-limit"_s << QString::number(m_settings.memoryLimitBytes);
    m_reader = {};
    m_child = std::make_unique<ChildProcess>(m_settings.program, arguments);
    ++m_generation;
    if (m_child->hasStarted())
        return Done{};
    const QString reason = m_child->systemReason();
    end();
    return Error{ErrorKind::Engine,
                 tr("%1 cannot be run in a process of its own, because %2 cannot be started. Is Vitrine "
                    "installed completely?")
                     .arg(subjectOf(file), m_settings.program),
                 reason};
}

void HostProcess::end()
{
    m_child.reset();
}

Result<QCborMap> HostProcess::call(const QCborMap& request, const HostedFile& file,
                                   const std::function<void(const QByteArray&)>& takePart)
{
    m_wasFatal = m_wasTooSlow = false;
    if (const Status started = start(file); !started)
        return started.failure();
    m_child->write(frameOf(request));
    auto reply = waitForMessage(file);
    for (; reply && takePart && reply->contains(u"part"_s); reply = waitForMessage(file))
        takePart((*reply)[u"part"_s].toByteArray());
    if (!reply)
        return reply;
    if (auto error = errorIn(*reply))
        return *std::move(error);
    return reply;
}

Result<QCborMap> HostProcess::waitForMessage(const HostedFile& file)
{
    const auto deadline = Clock::now() + limitOf(file);
    std::optional<Clock::time_point> stopped;
    for (;;) {
        const bool isRunning = m_child->wait(poll);
        m_reader.add(m_child->takeOutput());
        const auto message = m_reader.next();
        if (!message)
            return fatal({ErrorKind::Engine,
                          tr("The process that runs %1 gave an answer that cannot be read. The file may do "
                             "what it should not: do not use it.")
                              .arg(file.name),
                          message.error().message});
        if (*message)
            return **message;
        if (!isRunning)
            return fatal(ended(file));
        if (!stopped && isStopped(file))
            stopped = Clock::now();
        if (stopped && Clock::now() - *stopped > grace) {
            end();
            return Cancelled{};
        }
        if (Clock::now() > deadline)
            return fatal(tooSlow(file));
    }
}

bool HostProcess::isStopped(const HostedFile& file) const
{
    return m_stop.stop_requested() || file.withdrawn.stop_requested();
}

Error HostProcess::fatal(Error error)
{
    m_wasFatal = true;
    end();
    return error;
}

Error HostProcess::ended(const HostedFile& file) const
{
    const QString detail = m_child->errors();
    if (m_child->hasCrashed() && m_child->signal() == SIGKILL)
        return {ErrorKind::TooLarge,
                tr("%1: the process that ran it was killed by the system, most likely because it needs more "
                   "memory than there is. Close other programs, or use a smaller model.")
                    .arg(file.name),
                detail};
    if (m_child->hasCrashed() && m_settings.memoryLimitBytes > 0)
        return {ErrorKind::TooLarge,
                tr("%1: the process that ran it crashed (%2); it may need more memory than it was allowed "
                   "(--memory-limit).")
                    .arg(subjectOf(file), m_child->signalText()),
                detail};
    if (m_child->hasCrashed() && file.name.isEmpty())
        return {ErrorKind::Engine,
                tr("%1 crashed while it was loaded (%2). Is it installed completely?")
                    .arg(file.engineName, m_child->signalText()),
                detail};
    if (m_child->hasCrashed())
        return {
            ErrorKind::Engine,
            tr("%1 crashed on %2 (%3). The file is broken, or this engine cannot run it: get it again, or "
               "save it anew.")
                .arg(file.engineName, file.name, m_child->signalText()),
            detail};
    return {ErrorKind::Engine,
            tr("%1 ended the process that ran it (exit status %2). The file does what a model should not.")
                .arg(file.name)
                .arg(m_child->signal()),
            detail};
}

/// A short limit is for files, and not for the engine's own start.
milliseconds HostProcess::limitOf(const HostedFile& file) const
{
    return file.name.isEmpty() ? std::max(m_settings.callLimit, HostSettings().callLimit)
                               : file.patience * m_settings.callLimit;
}

Error HostProcess::tooSlow(const HostedFile& file)
{
    m_wasTooSlow = true;
    const auto seconds = std::chrono::ceil<std::chrono::seconds>(limitOf(file)).count();
    return {ErrorKind::Engine,
            tr("%1 gave no answer within %2 s, and was stopped. It may never end: do not use it, or allow it "
               "more time (--time-limit).")
                .arg(subjectOf(file))
                .arg(seconds),
            m_child->errors()};
}

} // namespace vitrine
