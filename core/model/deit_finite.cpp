#include "core/base/finite.h"
#include "core/base/tr.h"
#include "core/model/deit.h"

#include <QFileInfo>

namespace vitrine {

namespace {

Error weightsNotFinite(const QString& file, const QString& parameter, qint64 count)
{
    return malformed(
        tr("%1: %2 is not finite (NaN or infinity: %3 of its numbers), so the model has no answers; take "
           "an earlier checkpoint of that training.")
            .arg(file, parameter)
            .arg(count));
}

} // namespace

Status checkFinite(const DeitWeights& weights)
{
    std::vector<float> values;
    for (const DeitParameter& parameter : weights.parameters) {
        values.resize(std::size_t(parameter.count()));
        parameter.copyTo(values);
        if (const auto broken = countNotFinite(values); broken > 0)
            return weightsNotFinite(QFileInfo(weights.checkpoint.path).fileName(), parameter.name, broken);
    }
    return Done{};
}

} // namespace vitrine
