#pragma once

#include <QString>

#include <functional>
#include <stop_token>

namespace vitrine {

/// How far long work has come. `total` 0 means unknown.
struct Progress
{
    QString step; ///< What is being done now, for the user.
    qint64 done = 0;
    qint64 total = 0;
};

/// Handed to long work: asks it to stop, and takes its progress. Called on the working thread.
struct JobControl
{
    std::stop_token stop;
    std::function<void(const Progress&)> report = [](const Progress&) {};

    bool stopRequested() const { return stop.stop_requested(); }
};

} // namespace vitrine
