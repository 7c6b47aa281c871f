#pragma once

#include <QByteArray>

namespace vitrine {

/// A PNG file without its texts (tEXt, zTXt, iTXt). Some 800 kB of them can make libpng and Qt take 4 GB and
/// half a minute; Vitrine needs none. A cut text goes too; any other cut chunk stays for the decoder to
/// judge.
QByteArray withoutPngTexts(const QByteArray& png);

} // namespace vitrine
