#pragma once

#include "core/compare/comparison.h"

#include <QJsonObject>
#include <QLatin1String>

#include <variant>
#include <vector>

namespace vitrine {

/// What a column's values are in; decides how they are written for reading, and on which side they stand.
enum class Unit { Text, Count, Milliseconds, Bytes, Share, Ratio, Interval };

/// What a column is about.
enum class Subject {
    Variant,
    Prediction,   ///< Of the row's image.
    Latency,      ///< Holds for the image that was measured with.
    FreshProcess, ///< When missing, FreshProcess::error says why.
    Circumstances ///< The same in all rows of one benchmark.
};

/// A word of the vocabulary: a verdict, a badge, a kind.
struct Word
{
    QString name; ///< In files.
    QString text; ///< In the user's language.
};

/// One value, in base units: milliseconds, bytes, shares of 1. monostate: not known.
using Cell = std::variant<std::monostate, qint64, double, QString, Word, Interval, RatioEstimate>;

/// What a cell is taken from. Null: whatever needs it is not known.
struct ResultRow
{
    const VariantResult& result;
    const ImageResult* image = nullptr;     ///< The one that predictions are about.
    const Comparison* comparison = nullptr; ///< That the variant stands in.
    const MachineStamp* stamp = nullptr;    ///< That the latencies were measured with.

    /// A variant of `comparison`, and what it says about the current image.
    static ResultRow current(const Comparison& comparison, const VariantResult& result);
};

/// One column of whatever shows results in rows: window, terminal, CSV, and the fields of a variant in JSON.
/// A new one is a row of columnTable(), and its key in the list of each place that shows it.
struct Column
{
    const char* key;        ///< In files; unique.
    const char* title;      ///< To be translated, without the unit, as in the window; null: in files alone.
    const char* shortTitle; ///< The same where room is scarce, as in a terminal.
    Unit unit;
    Subject subject;
    Cell (*value)(const ResultRow&); ///< As files state it.
    int leastSamples = 0;            ///< With fewer, it is withheld from readers.
    int leastRounds = 0;             ///< The same of rounds in common with the baseline.
};

const std::vector<Column>& columnTable();

/// The columns that a place shows, in its order.
using ColumnList = std::vector<const Column*>;
/// `keys` are joined by spaces; each must be in the table: the program ends otherwise.
ColumnList columnsOf(const char* keys);

/// Why readers are not told the value though the variant was measured: it rests on too few samples. Empty: it
/// is not withheld.
QString whyWithheld(const Column& column, const VariantResult& result);
/// What stands in its place: "n too small".
QString withheldText();
/// The value for readers: none where it is withheld.
Cell statedValue(const Column& column, const ResultRow& row);

/// A field of RFC 4180; empty: not known. Text that a spreadsheet would run as a formula is given a leading
/// apostrophe.
QString csvField(const Cell& cell);

/// Null: not known; an interval is [low, high].
QJsonValue jsonValue(const Cell& cell);

/// One field a column; `keys` as above.
void addFields(QJsonObject& object, const char* keys, const ResultRow& row);
/// The same without those that are not known.
void addKnownFields(QJsonObject& object, const char* keys, const ResultRow& row);

} // namespace vitrine
