#include "core/version.h"

#include <cstdio>

int main()
{
    std::printf("vitrine %s\n", qUtf8Printable(vitrine::version()));
}
