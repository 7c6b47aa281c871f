#pragma once

#include <QByteArray>

#include <chrono>

namespace vitrine::cli {

/// Ends this process after so long, whatever it is doing by then (waiting for memory that it never gets,
/// say), with exitFailed and these texts on standard output and standard error, which are ready from now on.
void limitTime(std::chrono::seconds limit, const QByteArray& out, const QByteArray& err);

} // namespace vitrine::cli
