#pragma once

#include <QByteArray>
#include <QString>

#include <optional>

namespace vitrine {

/// A text in UTF-8, UTF-16 (both also without a byte order mark) or, if it is neither, Latin-1 as Windows has
/// it. None when it is no text. Line ends become '\n'.
std::optional<QString> decodeLabelText(const QByteArray& bytes);

/// A dictionary, list or tuple as Python prints it, as JSON: {0: 'cat', 1: "dog",}. Nothing is evaluated;
/// what is not understood stays as it is, for the JSON parser to refuse.
QByteArray jsonFromPython(const QString& text);

} // namespace vitrine
