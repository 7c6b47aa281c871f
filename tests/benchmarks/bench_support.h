#pragma once

#include "core/engine/engine.h"
#include "core/model/variant_set.h"

#include <chrono>
#include <functional>
#include <vector>

namespace vitrine::bench {

/// A line of a benchmark's table.
struct Row
{
    QString what;
    QString amount;
    double ratio = 1; ///< To what the heading says.
};

/// Prints a heading and aligned rows on standard output.
void printTable(const QString& heading, const std::vector<Row>& rows);

/// A failure that names the rows whose ratio is outside of this, if there are any.
Status requireRatios(const std::vector<Row>& rows, double low, double high);
/// The same where what is outside of it is known already.
Status requireNone(const QStringList& outside, double low, double high);

QString milliseconds(std::chrono::nanoseconds duration); ///< "12.34 ms"
QString megabytes(qint64 bytes);                         ///< "22.9 MB", of 10^6 bytes
double ratio(std::chrono::nanoseconds a, std::chrono::nanoseconds b);

/// What benchmarks of models run on, `PROGRAM SET IMAGE`, and with: the engine, on one thread.
struct ModelCase
{
    VariantSet set;
    InputTensor input;
    std::unique_ptr<Engine> engine;
};

/// The exit status of a program that does `work`; a failure is told on standard error.
int exitStatus(const std::function<Status()>& work);
/// The same of one that does it with the models and the image that `arguments` name.
int exitStatus(const QStringList& arguments, const std::function<Status(const ModelCase&)>& work);

} // namespace vitrine::bench
