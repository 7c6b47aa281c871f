#pragma once

#include "core/compare/comparison.h"

#include <QString>

namespace vitrine {

/// Where and with what something was measured, in one line: libraries, BLAS, threads (unless 0), quantized
/// engine and processor.
///
/// "LibTorch 1.13.1, OpenBLAS (OpenMP), threads: 2, quantized engine: onednn, AMD EPYC"
QString stampText(const MachineStamp& stamp);

/// "Timed: forward pass only. Ended: precise enough: within 2 %."
QString benchmarkText(const BenchmarkFacts& facts);

} // namespace vitrine
