#include "core/model/variant.h"

#include "core/base/tr.h"

namespace vitrine {

QString labelFor(const Labels& labels, int index)
{
    const QString label = labels.value(index);
    return label.isEmpty() ? tr("class %1").arg(index) : label;
}

} // namespace vitrine
