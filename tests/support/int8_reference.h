#pragma once

#include "core/base/literals.h"

#include <QString>

#include <algorithm>
#include <array>
#include <optional>

namespace vitrine::test {

/// How sure the quantized DeiT-Tiny of the real data is of the wolf's picture: at two threads, with the
/// instructions that tests/CMakeLists.txt sets. None: it was never looked up for this version of LibTorch
/// ("1.13.1").
///
/// It differs by version though the int8 layers do not: quantized::linear_dynamic alone gives the same bits
/// in 1.13.1 and 2.6.0, under onednn and qnnpack. What is float between them (OpenBLAS's products, softmax,
/// GELU, layer norm) differs in the last bits, each of which may become a step of an 8-bit activation: a
/// change of the input by one millionth moves DeiT-Tiny's logits by up to 0.5 in either version. Float models
/// agree within 1e-3.
inline std::optional<double> wolfUnderInt8(const QString& version, const QString& quantizedEngine)
{
    struct Row
    {
        QString version;
        QString engine;
        double probability;
    };
    static const std::array rows{Row{u"1.13"_s, u"onednn"_s, 0.2760}, Row{u"1.13"_s, u"qnnpack"_s, 0.2852},
                                 Row{u"2.6"_s, u"onednn"_s, 0.2840}, Row{u"2.6"_s, u"qnnpack"_s, 0.2722}};
    const auto row = std::ranges::find_if(rows, [&](const Row& each) {
        return version.startsWith(each.version + u'.') && quantizedEngine == each.engine;
    });
    return row == rows.end() ? std::nullopt : std::optional(row->probability);
}

} // namespace vitrine::test
