#pragma once

#include "core/report/columns.h"

#include <QVariant>

namespace vitrine {

/// "Median (ms)": the title with the unit that the numbers below it are in.
QString columnHeading(const Column& column);

/// For sorting and copying: a number in the unit of the heading, or text. Invalid: not known.
QVariant rawValue(const Cell& cell, Unit unit);

/// For reading, in the user's locale and in the unit of the heading; a dash: not known.
QString columnText(const Cell& cell, Unit unit);

/// Whether a column is read as text, from the left.
bool isText(Unit unit);

} // namespace vitrine
