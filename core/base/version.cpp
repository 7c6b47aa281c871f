#include "core/base/version.h"

#include "vitrine_config.h"

namespace vitrine {

QString version()
{
    return QStringLiteral(VITRINE_VERSION);
}

} // namespace vitrine
