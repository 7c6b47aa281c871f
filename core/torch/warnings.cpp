#include "core/torch/warnings.h"

#include <QLoggingCategory>

#include <c10/util/Exception.h>
#include <torch/version.h>

#include <mutex>
#include <set>
#include <string>

namespace vitrine::torch_engine {

namespace {

Q_LOGGING_CATEGORY(torchLog, "vitrine.torch", QtWarningMsg)

class OnceHandler : public c10::WarningHandler
{
public:
#if TORCH_VERSION_MAJOR >= 2
    void process(const c10::Warning& warning) override
    {
        forward(warning.msg());
    }
#else
    void process(const c10::SourceLocation&, const std::string& message, const bool) override
    {
        forward(message);
    }
#endif

private:
    void forward(const std::string& message)
    {
        const std::lock_guard lock(m_mutex);
        if (m_seen.insert(message).second)
            qCInfo(torchLog, "%s", message.c_str());
    }

    std::mutex m_mutex;
    std::set<std::string> m_seen;
};

} // namespace

void forwardEachWarningOnce()
{
    static OnceHandler handler;
#if TORCH_VERSION_MAJOR >= 2
    c10::WarningUtils::set_warning_handler(&handler);
#else
    c10::Warning::set_warning_handler(&handler);
#endif
}

} // namespace vitrine::torch_engine
