#pragma once

#include <cstdint>
#include <span>
#include <utility>

namespace vitrine {

/// SplitMix64 (Steele, Lea and Flood 2014) with mappings of its own, so that a seed gives the same numbers
/// with every standard library; the distributions of <random> do not promise that.
class Random
{
public:
    explicit Random(std::uint64_t seed) : m_state(seed) {}

    std::uint64_t next()
    {
        m_state += 0x9E3779B97F4A7C15U;
        std::uint64_t z = m_state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9U;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBU;
        return z ^ (z >> 31);
    }

    /// From 0 to bound - 1, by multiplication: a number is favoured by at most bound / 2^32.
    std::uint32_t below(std::uint32_t bound)
    {
        return static_cast<std::uint32_t>(((next() >> 32) * bound) >> 32);
    }

    /// In [0, 1), with 53 bits.
    double uniform() { return static_cast<double>(next() >> 11) * 0x1p-53; }

private:
    std::uint64_t m_state;
};

/// Fisher and Yates' shuffle.
template <typename T>
void shuffle(std::span<T> items, Random& random)
{
    for (std::size_t left = items.size(); left > 1; --left)
        std::swap(items[left - 1], items[random.below(static_cast<std::uint32_t>(left))]);
}

} // namespace vitrine
