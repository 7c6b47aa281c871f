#include "core/probe/model_probe.h"

#include "core/base/tr.h"
#include "core/host/child_process.h"

#include <QFileInfo>

#include <csignal>
#include <optional>

namespace vitrine {

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds poll{50};
constexpr qsizetype longestAnswer = 1'000'000;

/// The process that tries one model.
class Child
{
public:
    Child(const ProbeRequest& request, const ProbeSettings& settings)
        : m_request(request), m_settings(settings), m_file(QFileInfo(request.path).fileName()),
          m_process(settings.program, request.toArguments())
    {
    }

    Result<ProbeReport> answer(const std::stop_token& stop)
    {
        if (!m_process.hasStarted())
            return notStarted();
        const auto deadline = Clock::now() + m_settings.timeout;
        while (isRunning()) {
            if (stop.stop_requested())
                return Cancelled{};
            if (Clock::now() >= deadline)
                return tooSlow();
            if (m_output.size() > longestAnswer)
                return noAnswer();
        }
        if (m_process.hasCrashed())
            return crashed();
        return probeAnswerFromJson(m_output).value_or(noAnswer());
    }

private:
    bool isRunning()
    {
        const bool runs = m_process.wait(poll);
        m_output += m_process.takeOutput();
        return runs;
    }

    Error error(ErrorKind kind, const QString& message) const { return {kind, message, m_process.errors()}; }

    Error notStarted() const
    {
        return {ErrorKind::Engine,
                tr("%1 cannot be tried, because %2 cannot be started. Is Vitrine installed completely?")
                    .arg(m_file, m_settings.program),
                m_process.systemReason()};
    }

    Error tooSlow() const
    {
        const auto seconds = std::chrono::ceil<std::chrono::seconds>(m_settings.timeout).count();
        return error(ErrorKind::Engine, tr("%1 gave no answer within %2 s when it was tried, and was "
                                           "stopped. It may never end: do not use it, or allow it more time "
                                           "(--time-limit).")
                                            .arg(m_file)
                                            .arg(seconds));
    }

    Error noAnswer() const
    {
        return error(ErrorKind::Engine, tr("The process that tried %1 gave no answer that can be read. The "
                                           "file may do what a model should not: do not use it.")
                                            .arg(m_file));
    }

    Error crashed() const
    {
        if (m_process.signal() == SIGKILL)
            return error(ErrorKind::TooLarge,
                         tr("%1 was killed by the system when it was tried, most likely because it needs "
                            "more memory than there is. Close other programs, or use a smaller model.")
                             .arg(m_file));
        const QString how = m_process.signalText();
        if (m_request.memoryLimitBytes > 0)
            return error(ErrorKind::TooLarge,
                         tr("%1 crashed when it was tried (%2); it may need more memory than the %3 MB that "
                            "it was allowed.")
                             .arg(m_file, how)
                             .arg(m_request.memoryLimitBytes / 1'000'000));
        return error(ErrorKind::Engine, tr("%1 crashed when it was tried (%2). The file is broken, or this "
                                           "engine cannot run it: get it again, or save it anew.")
                                            .arg(m_file, how));
    }

    const ProbeRequest& m_request;
    const ProbeSettings& m_settings;
    QString m_file;
    ChildProcess m_process;
    QByteArray m_output;
};

} // namespace

ModelProbe::ModelProbe(ProbeSettings settings) : m_settings(std::move(settings)) {}

Result<ProbeReport> ModelProbe::run(const ProbeRequest& request, const std::stop_token& stop) const
{
    if (stop.stop_requested())
        return Cancelled{};
    return Child(request, m_settings).answer(stop);
}

} // namespace vitrine
