// Names of classes: lines of text, JSON, Python.

#include "core/model/variant.h"
#include "tests/fuzz/fuzz_file.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    (void)vitrine::fuzz::explained(vitrine::readLabels(vitrine::fuzz::inputFile(data, size)));
    return 0;
}
