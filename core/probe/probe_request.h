#pragma once

#include "core/checkpoint/script_contents.h"
#include "core/engine/engine_registry.h"
#include "core/probe/probe_report.h"

#include <QStringList>

#include <functional>

namespace vitrine {

/// One model file to be tried.
struct ProbeRequest
{
    QString path;
    QString image;         ///< Empty: a synthetic input of the model's size.
    QString preprocessing; ///< Changes what the model brings (see Preprocessing::parse()); may be empty.
    DeitOptions deit;      ///< Of a checkpoint.
    int threads = 1;
    QString engine;          ///< Id; empty: the one that a manifest states, else the first for its format.
    QString quantizedEngine; ///< Empty: the best one here.
    /// Of private memory (RLIMIT_DATA: what is allocated, not what is mapped from files); 0: none.
    /// Less than the engine takes, and some room, is an error of kind Usage.
    qint64 memoryLimitBytes = 0;
    FileOperators fileOperators = FileOperators::Refused;

    /// What follows the name of a program that calls probeHere(): "probe", the file, "--here", "--json", the
    /// options.
    QStringList toArguments() const;
};

/// Does it here: loads the model and runs it once. For a process that does nothing else: the memory limit
/// stays, and a broken model may end it. `fence`: enters one, right before the model is loaded, and gives
/// what it lacks, which the report has among its notices.
Result<ProbeReport> probeHere(
    const ProbeRequest& request, const EngineRegistry& engines,
    const std::function<QStringList()>& fence = [] { return QStringList(); });

} // namespace vitrine
