#pragma once

#include <QByteArray>

namespace vitrine::cli {

/// Keeps the process's standard output for Vitrine alone, first of all: what anything else writes there (an
/// engine, a model that prints) goes to standard error from then on. From then on, too, a pipe without a
/// reader and a file that must not grow are errors of writing (SIGPIPE and SIGXFSZ are ignored).
void claimStandardOutput();
/// Undoes that, for a program that takes this one's place.
void returnStandardOutput();

/// Writes all of it at once. Failures are remembered; nothing is written after the first.
void writeStandardOutput(const QByteArray& bytes);

/// The descriptor that is written to.
int standardOutput();

/// The exit status of a process whose work ended with `status`: exitFailed instead of exitDone if standard
/// output could not be written, which is said in one line. Whoever reads it may stop doing so (`| head -1`):
/// that is no failure.
int statusAfterOutput(int status);

} // namespace vitrine::cli
