#pragma once

#include "core/host/child_process.h"
#include "core/host/frames.h"

#include <QByteArray>

#include <chrono>
#include <functional>
#include <memory>
#include <stop_token>

namespace vitrine {

/// How foreign model files are run in a process of their own.
struct HostSettings
{
    QString program; ///< Serves requests when it is started with "host". Empty: nothing is hosted.
    std::chrono::milliseconds callLimit{std::chrono::minutes(1)}; ///< For one answer.
    qint64 memoryLimitBytes = 0; ///< Of private memory; 0: three quarters of what the machine has.

    bool isOn() const { return !program.isEmpty(); }
};

/// On whose behalf the hosting process is asked.
struct HostedFile
{
    QString name;              ///< For messages: "wolf.pt"; empty: it is the engine itself that is asked for.
    QString engineName;        ///< "LibTorch"
    std::stop_token withdrawn; ///< Stop requested: nobody waits for the answer any more.
    int patience = 1;          ///< So many times HostSettings::callLimit.
};

/// A process that runs what is not trusted, and may crash, hang or run out of memory over it. It is started
/// when it is first needed, and anew after it has ended; it forgets all then. One thread.
class HostProcess
{
public:
    explicit HostProcess(HostSettings settings) : m_settings(std::move(settings)) {}

    /// Who stops this stops the call that is waited for, be it in an endless loop.
    void setStop(std::stop_token stop) { m_stop = std::move(stop); }

    /// One request and its reply, in which errorIn() was looked for already. TooLarge: the process was killed
    /// for memory; Engine: it crashed, or there was no answer in time; Cancelled: stopped. After each of
    /// these it is gone, and wasFatal() is true.
    /// A reply may come in parts first, of "part" bytes each; the limit is one for each.
    Result<QCborMap> call(const QCborMap& request, const HostedFile& file,
                          const std::function<void(const QByteArray&)>& takePart = {});
    bool wasFatal() const { return m_wasFatal; }     ///< The last call() has ended the process by itself.
    bool wasTooSlow() const { return m_wasTooSlow; } ///< It was fatal as there was no answer in time.

    /// How often it was started: what was told before that is forgotten.
    int generation() const { return m_generation; }
    /// Starts it, unless it runs. generation() is right then.
    Status start(const HostedFile& file);
    void end();
    bool isRunning() const { return m_child && m_child->isRunning(); }

private:
    Result<QCborMap> waitForMessage(const HostedFile& file);
    bool isStopped(const HostedFile& file) const;
    Error fatal(Error error);
    Error ended(const HostedFile& file) const;
    Error tooSlow(const HostedFile& file);
    std::chrono::milliseconds limitOf(const HostedFile& file) const;

    HostSettings m_settings;
    std::stop_token m_stop;
    std::unique_ptr<ChildProcess> m_child;
    FrameReader m_reader;
    int m_generation = 0;
    bool m_wasFatal = false;
    bool m_wasTooSlow = false;
};

} // namespace vitrine
