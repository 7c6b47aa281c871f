#pragma once

#include <QString>
#include <QStringList>

namespace vitrine {

/// The one of `names` that somebody may have meant who typed this; empty: none is near.
QString nearestName(const QStringList& names, const QString& typed);

} // namespace vitrine
