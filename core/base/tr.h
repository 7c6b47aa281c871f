#pragma once

#include <QCoreApplication>
#include <QString>

namespace vitrine {

/// A text of core for the user, in the user's language.
inline QString tr(const char* text)
{
    return QCoreApplication::translate("vitrine", text);
}

} // namespace vitrine
