#include "core/engine/engine.h"

#include "core/base/tr.h"

namespace vitrine {

Result<OperatorProfile> LoadedModel::profile(const InputTensor&)
{
    return Error{ErrorKind::Unsupported, tr("This inference engine does not tell its operators."), {}};
}

} // namespace vitrine
