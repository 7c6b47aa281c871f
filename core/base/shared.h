#pragma once

#include <memory>
#include <utility>

namespace vitrine {

/// An immutable value that many hold and nobody copies; never null: without one it is T{}. Copying costs a
/// counter. Any thread may hold one.
template <typename T>
class Shared
{
public:
    Shared() : m_value(none()) {}
    Shared(T value) : m_value(std::make_shared<const T>(std::move(value))) {}

    const T& operator*() const { return *m_value; }
    const T* operator->() const { return m_value.get(); }

    /// A copy, to be changed, takes this one's place. Good until the next call.
    T& edit()
    {
        auto copy = std::make_shared<T>(*m_value);
        m_value = copy;
        return *copy;
    }

private:
    static const std::shared_ptr<const T>& none()
    {
        static const auto value = std::make_shared<const T>();
        return value;
    }

    std::shared_ptr<const T> m_value;
};

} // namespace vitrine
