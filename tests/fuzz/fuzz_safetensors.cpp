// Whatever begins as a safetensors file.

#include "tests/fuzz/fuzz_checkpoint.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    vitrine::fuzz::readAsDeit(vitrine::fuzz::inputFile(data, size));
    return 0;
}
