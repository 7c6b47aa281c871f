#pragma once

#include <QString>

namespace vitrine::torch_engine {

/// Which library serves BLAS in this process: "OpenBLAS (OpenMP)", "OpenBLAS (pthreads)", "reference BLAS",
/// "MKL", "unknown".
QString loadedBlas();

} // namespace vitrine::torch_engine
