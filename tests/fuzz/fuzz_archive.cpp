// What a file is, why it cannot be loaded, and what a script holds.

#include "core/checkpoint/identify.h"
#include "core/checkpoint/script_contents.h"
#include "core/checkpoint/script_finite.h"
#include "tests/fuzz/fuzz_file.h"

using namespace vitrine;
using namespace vitrine::fuzz;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const QString path = inputFile(data, size);
    const Result<FileIdentity> identity = identify(path);
    if (!explained(identity))
        return 0;
    if (const auto problem = whyNotLoadable(*identity); problem && problem->message.isEmpty())
        std::abort();
    const Result<ScriptContents> contents = readScriptContents(path);
    if (explained(contents))
        (void)whyNotImageModel(*contents, path);
    (void)explained(tensorsNotFinite(path));
    return 0;
}
