// Checkpoints of torch.save: zip archives, which mutate entry by entry (zip_mutator.cpp), and legacy files.

#include "tests/fuzz/fuzz_checkpoint.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    vitrine::fuzz::readAsDeit(vitrine::fuzz::inputFile(data, size));
    return 0;
}
