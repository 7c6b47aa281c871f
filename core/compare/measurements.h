#pragma once

#include <map>
#include <memory>
#include <typeindex>

namespace vitrine {

/// Whatever tasks have found out about one variant and one image, a result of each type. A new measurement
/// needs a type of its own, and nothing here.
class Measurements
{
public:
    /// In place of what was found out before.
    template <typename T>
    void keep(T result)
    {
        m_results[typeid(T)] = std::make_shared<const T>(std::move(result));
    }

    /// Null: not measured.
    template <typename T>
    std::shared_ptr<const T> find() const
    {
        const auto found = m_results.find(typeid(T));
        return found == m_results.end() ? nullptr : std::static_pointer_cast<const T>(found->second);
    }

private:
    std::map<std::type_index, std::shared_ptr<const void>> m_results;
};

} // namespace vitrine
