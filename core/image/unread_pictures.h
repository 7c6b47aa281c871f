#pragma once

#include <QByteArrayView>
#include <QString>

namespace vitrine {

/// What a picture is called that Vitrine does not read, or only where a plugin of Qt's does: "HEIC picture",
/// "RAW picture of a camera". Empty when the first bytes (some hundred) are those of none.
QString unreadPictureName(QByteArrayView head);

} // namespace vitrine
