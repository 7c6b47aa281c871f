#pragma once

#include "core/report/columns.h"

namespace vitrine::cli {

/// Results for reading in a terminal: a header, and a line a row. "-": not known. Numbers stand on the right.
/// `corner` is the first title, unless it is empty: what the table is about.
QString resultTable(const ColumnList& columns, const std::vector<ResultRow>& rows,
                    const QString& corner = {});

} // namespace vitrine::cli
