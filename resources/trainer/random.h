#pragma once

#include "core/measure/random.h"

#include <QtGlobal>

#include <cmath>
#include <numbers>

namespace vitrine::trainer {

/// The numbers of core's generator, shaped for drawing and training.
class Random
{
public:
    explicit Random(quint64 seed) : m_numbers(seed) {}
    /// Independent streams for different `stream` numbers of one seed.
    Random(quint64 seed, quint64 stream) : m_numbers(seed ^ vitrine::Random(stream).next()) {}

    quint64 bits() { return m_numbers.next(); }
    double uniform() { return m_numbers.uniform(); } ///< In [0,1).
    double uniform(double low, double high) { return low + (high - low) * uniform(); }
    int below(int limit) { return static_cast<int>(uniform() * limit); } ///< In [0,limit).
    bool chance(double probability) { return uniform() < probability; }

    /// Mean 0, deviation 1 (Box and Muller).
    double normal()
    {
        const double radius = std::sqrt(-2 * std::log(1 - uniform()));
        return radius * std::cos(2 * std::numbers::pi * uniform());
    }

private:
    vitrine::Random m_numbers;
};

} // namespace vitrine::trainer
