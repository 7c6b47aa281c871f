#include "core/torch/blas.h"

#include "core/base/literals.h"

#include <QFile>

#include <array>
#include <utility>

namespace vitrine::torch_engine {

QString loadedBlas()
{
    QFile maps(u"/proc/self/maps"_s);
    if (!maps.open(QIODevice::ReadOnly))
        return u"unknown"_s;
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
    return u"unknown"_s;
}

} // namespace vitrine::torch_engine
