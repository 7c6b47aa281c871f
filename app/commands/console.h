#pragma once

#include "core/base/result.h"

#include <QJsonValue>
#include <QString>
#include <QStringList>

#include <vector>

namespace vitrine::cli {

// On a terminal or not, control characters in any of these texts are shown and not obeyed: see
// core/base/shown_text.h.

/// One or more lines on standard output, at once. Whether that worked: statusAfterOutput().
void printOut(const QString& text);
/// An object or array, indented, on standard output.
void printJson(const QJsonValue& json);
/// One line on standard error.
void printErr(const QString& line);
/// "vitrine: ..." on standard error, on one line whatever the text holds.
void printError(const QString& message);
void printError(const Error& error);
/// "vitrine: note: NAME: ...", a line each.
void printNotices(const QString& name, const QStringList& notices);
/// An error as above; gives the exit status that belongs to the failure.
int printFailure(const Failure& failure);

/// The last line of standard error, rewritten in place; only where that is a terminal. Printing anything
/// else clears it first.
void showProgressLine(const QString& text);
void clearProgressLine();

/// "22.9 MB": decimal units, as sizes are shown everywhere.
QString bytesText(qint64 bytes);

/// "29.40 %" for 0.294.
QString percentText(double share);

/// Columns padded to the same width, two spaces between; the first row is the header. `alignment` has one
/// letter a column: 'l' or 'r'. A line break in a cell is shown, too.
QString textTable(std::vector<QStringList> rows, const QString& alignment);

} // namespace vitrine::cli
