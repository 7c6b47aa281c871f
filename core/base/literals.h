#pragma once

#include <QString>

namespace vitrine {

/// u"text"_s is a QString, "text"_L1 a QLatin1String; neither allocates.
using namespace Qt::StringLiterals;

} // namespace vitrine
