#pragma once

#include "core/report/columns.h"

#include <QJsonObject>

namespace vitrine {

/// A field of RFC 4180; empty: not known. Text that a spreadsheet would run as a formula is given a leading
/// apostrophe.
QString csvField(const Cell& cell);

/// Null: not known; an interval is [low, high].
QJsonValue jsonValue(const Cell& cell);

/// One field a column, by its key.
void addFields(QJsonObject& object, const ColumnList& columns, const ResultRow& row);
/// The same without those that are not known.
void addKnownFields(QJsonObject& object, const ColumnList& columns, const ResultRow& row);

} // namespace vitrine
