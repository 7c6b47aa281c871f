#pragma once

#include "core/base/file_writing.h"
#include "core/base/literals.h"
#include "core/engine/engine_registry.h"
#include "core/model/deit.h"
#include "core/model/variant_set.h"

#include <QFile>
#include <QTest>

#include <algorithm>
#include <cmath>
#include <cstring>

namespace vitrine::test {

/// float32 values, little-endian, as the reference outputs are kept.
inline std::vector<float> readFloats(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const QByteArray bytes = file.readAll();
    std::vector<float> values(static_cast<std::size_t>(bytes.size()) / sizeof(float));
    std::memcpy(values.data(), bytes.constData(), values.size() * sizeof(float));
    return values;
}

inline InputTensor readInput(const QString& path, int channels, int size)
{
    return {channels, size, size, readFloats(path)};
}

/// Infinity when the sizes differ or there is nothing to compare.
inline float maxDifference(const std::vector<float>& a, const std::vector<float>& b)
{
    if (a.size() != b.size() || a.empty())
        return INFINITY;
    float largest = 0;
    for (std::size_t i = 0; i < a.size(); ++i)
        largest = std::max(largest, std::isnan(a[i] - b[i]) ? INFINITY : std::abs(a[i] - b[i]));
    return largest;
}

/// What a failed test prints; empty for a success.
template <typename T>
QString failureText(const Result<T>& result)
{
    if (result.ok())
        return {};
    return result.isCancelled() ? u"cancelled"_s : result.error().message + u" | "_s + result.error().detail;
}

/// A variant of `builder` in a file of its own.
inline Result<QString> writeFile(VariantBuilder& builder, VariantKind kind, const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly | QIODevice::Unbuffered))
        return notWritable(file);
    return builder.write(kind, file);
}

/// Loads a file and runs it once.
inline Result<std::vector<float>> runFile(Engine& engine, const QString& path, const InputTensor& input,
                                          const QString& quantizedEngine = {})
{
    const auto variant = readVariant(path);
    if (!variant)
        return variant.failure();
    auto model = engine.load(*variant, quantizedEngine);
    if (!model)
        return model.failure();
    return (*model)->forward(input);
}

} // namespace vitrine::test

#define VITRINE_VERIFY_OK(result)                                                                            \
    do {                                                                                                     \
        const auto& verified = (result);                                                                     \
        QVERIFY2(verified.ok(), qPrintable(vitrine::test::failureText(verified)));                           \
    } while (false)

namespace vitrine::test {

/// In initTestCase(); the test has failed where `engine` stays null.
inline void makeTorch(std::unique_ptr<Engine>& engine)
{
    auto made = EngineRegistry::installed().make(u"libtorch"_s);
    VITRINE_VERIFY_OK(made);
    engine = std::move(*made);
}

} // namespace vitrine::test
