#pragma once

#include <QCoreApplication>
#include <QString>

namespace vitrine {

/// A sentence for the user, translated where a translation is installed.
inline QString tr(const char* text)
{
    return QCoreApplication::translate("vitrine", text);
}

} // namespace vitrine
