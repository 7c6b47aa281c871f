#include "app/window.h"

namespace vitrine {

int runWindow(const QStringList&)
{
    return 0;
}

} // namespace vitrine
