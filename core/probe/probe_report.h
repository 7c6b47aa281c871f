#pragma once

#include "core/base/result.h"
#include "core/measure/cold_start.h"
#include "core/measure/machine_stamp.h"

#include <QByteArray>
#include <QJsonObject>

#include <optional>

namespace vitrine {

/// What a fresh process found out about one model: that it runs, how fast it starts, what memory it takes.
struct ProbeReport
{
    QString path;
    VariantKind kind = VariantKind::Scripted;
    QString quantizedEngine; ///< What it ran under; empty for fp32.
    QString input;           ///< The image's path; empty: the synthetic input.
    ColdRun run;
    MachineStamp stamp; ///< Without what is the model's: preprocessing and image.

    /// {stamp, path, kind, quantized_engine, input, output_shape, load_ms, first_forward_ms, cold_start_ms,
    /// peak_memory_bytes, peak_resident_bytes, baseline_resident_bytes, notices, error: null}. Durations to
    /// the nanosecond.
    QJsonObject toJson() const;
};

/// {path, error, error_kind, error_detail}: what stands in place of a report.
QJsonObject probeFailureToJson(const QString& path, const Error& error);

/// Reads either of the two back; none: it is neither.
std::optional<Result<ProbeReport>> probeAnswerFromJson(const QByteArray& json);

} // namespace vitrine
