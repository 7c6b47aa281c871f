#include "app/commands/command.h"
#include "app/commands/command_line.h"
#include "app/commands/console.h"
#include "app/commands/standard_output.h"
#include "core/base/literals.h"
#include "core/engine/engine_registry.h"
#include "core/host/host_server.h"

namespace vitrine::cli {

namespace {

int host(qint64 memoryLimitBytes)
{
    return serveHost(EngineRegistry::installed(), standardOutput(), memoryLimitBytes);
}

qint64 readOptions(CommandLine& line)
{
    line.rejectPositionals();
    return line.wholeNumber(u"memory-limit"_s, 1).value_or(0);
}

} // namespace

Prepared prepareHost(const QStringList& arguments)
{
    CommandLine line(u"host"_s, Cli::tr("[options]"),
                     Cli::tr("Runs model files for another Vitrine that starts it and asks it on standard "
                             "input. It can change no file, start no program and use no network."));
    line.addValue(u"memory-limit"_s, u"BYTES"_s,
                  Cli::tr("The most private memory that it may have; default: three quarters of the "
                          "machine's."));
    return prepareTask(line, arguments, readOptions, host);
}

} // namespace vitrine::cli
