#pragma once

#include <QCoreApplication>

namespace vitrine {

/// A text for the user, translated.
inline QString tr(const char* text)
{
    return QCoreApplication::translate("vitrine", text);
}

} // namespace vitrine
