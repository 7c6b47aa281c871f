#pragma once

#include "core/image/preprocessing.h"

#include <memory>

namespace vitrine {

/// A copy of an input for one model to spoil: some write into what they are given, and others must not see
/// that.
class OwnInput
{
public:
    explicit OwnInput(std::shared_ptr<const InputTensor> original);

    const InputTensor& tensor() const { return m_copy; }
    /// To be called after each pass, outside of what is timed: makes the copy equal the original again. True:
    /// it did not.
    bool restore();

private:
    std::shared_ptr<const InputTensor> m_original;
    InputTensor m_copy;
};

} // namespace vitrine
