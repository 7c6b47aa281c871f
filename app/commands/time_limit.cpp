#include "app/commands/time_limit.h"

#include "app/commands/command.h"
#include "app/commands/standard_output.h"

#include <csignal>
#include <unistd.h>

namespace vitrine::cli {

namespace {

QByteArray g_out;
QByteArray g_err;

/// Does only what a handler of signals may do.
void end(int)
{
    // What cannot be written is lost: there is nobody left to tell.
    [[maybe_unused]] ssize_t written =
        write(standardOutput(), g_out.constData(), static_cast<std::size_t>(g_out.size()));
    written = write(STDERR_FILENO, g_err.constData(), static_cast<std::size_t>(g_err.size()));
    _exit(exitFailed);
}

} // namespace

void limitTime(std::chrono::seconds limit, const QByteArray& out, const QByteArray& err)
{
    g_out = out;
    g_err = err;
    std::signal(SIGALRM, end);
    alarm(static_cast<unsigned>(limit.count()));
}

} // namespace vitrine::cli
