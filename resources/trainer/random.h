#pragma once

#include <QtGlobal>

#include <cmath>
#include <numbers>

namespace vitrine::trainer {

/// Numbers that are the same for the same seed everywhere, which std's distributions do not promise.
/// The generator is SplitMix64 (Steele, Lea and Flood 2014).
class Random
{
public:
    explicit Random(quint64 seed) : m_state(seed) {}
    /// Independent streams for different `stream` numbers of one seed.
    Random(quint64 seed, quint64 stream) : m_state(seed ^ mixed(stream + gamma)) {}

    quint64 bits() { return mixed(m_state += gamma); }
    double uniform() { return static_cast<double>(bits() >> 11) * 0x1p-53; } ///< In [0,1).
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
    static constexpr quint64 gamma = 0x9e3779b97f4a7c15;

    static quint64 mixed(quint64 z)
    {
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
        z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
        return z ^ (z >> 31);
    }

    quint64 m_state;
};

} // namespace vitrine::trainer
