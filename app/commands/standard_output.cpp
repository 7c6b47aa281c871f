#include "app/commands/standard_output.h"

#include "app/commands/command.h"
#include "app/commands/console.h"

#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>

namespace vitrine::cli {

namespace {

int g_output = STDOUT_FILENO;
int g_failure = 0; ///< Of the first write that failed: its errno.

} // namespace

void claimStandardOutput()
{
    std::signal(SIGPIPE, SIG_IGN); // a reader that goes away is told by write()
    std::signal(SIGXFSZ, SIG_IGN); // and so is a file that may not grow further
    g_output = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
    for (const int descriptor : {STDIN_FILENO, STDERR_FILENO})
        if (fcntl(descriptor, F_GETFD) < 0)
            (void)open("/dev/null", O_RDWR); // or the next file that is opened takes its place
    dup2(STDERR_FILENO, STDOUT_FILENO);
}

void returnStandardOutput()
{
    if (g_output >= 0)
        dup2(g_output, STDOUT_FILENO);
    else
        close(STDOUT_FILENO);
    std::signal(SIGPIPE, SIG_DFL);
    std::signal(SIGXFSZ, SIG_DFL);
}

void writeStandardOutput(const QByteArray& bytes)
{
    qsizetype written = 0;
    while (g_failure == 0 && written < bytes.size()) {
        const ssize_t count =
            write(g_output, bytes.constData() + written, static_cast<std::size_t>(bytes.size() - written));
        if (count >= 0)
            written += count;
        else if (errno != EINTR)
            g_failure = errno;
    }
}

int standardOutput()
{
    return g_output;
}

int statusAfterOutput(int status)
{
    if (g_failure == 0 || g_failure == EPIPE)
        return status;
    printError(Cli::tr("Standard output cannot be written: %1. What was to be printed is lost or cut off.")
                   .arg(QString::fromLocal8Bit(std::strerror(g_failure))));
    return status == exitDone ? exitFailed : status;
}

} // namespace vitrine::cli
