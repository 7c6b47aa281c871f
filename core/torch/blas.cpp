#include "core/torch/blas.h"

#include <QFile>

#include <array>
#include <utility>

namespace vitrine::torch_backend {

QString loadedBlas()
{
    QFile maps(QStringLiteral("/proc/self/maps"));
    if (!maps.open(QIODevice::ReadOnly))
        return QStringLiteral("unknown");
    const QByteArray text = maps.readAll();
    static constexpr std::array<std::pair<const char*, const char*>, 8> marks{{
        {"openblas-openmp", "OpenBLAS (OpenMP)"},
        {"openblas-pthread", "OpenBLAS (pthreads)"},
        {"openblas-serial", "OpenBLAS (serial)"},
        {"libopenblas", "OpenBLAS"},
        {"libmkl", "MKL"},
        {"libblis", "BLIS"},
        {"atlas", "ATLAS"},
        {"libblas.so", "reference BLAS"},
    }};
    for (const auto& [mark, name] : marks)
        if (text.contains(mark))
            return QString::fromLatin1(name);
    return QStringLiteral("unknown");
}

} // namespace vitrine::torch_backend
