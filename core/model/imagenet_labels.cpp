#include "core/model/imagenet_labels.h"

#include "core/base/literals.h"

namespace vitrine {

const Labels& imageNetLabels()
{
    static const Labels labels = [] {
        auto read = readLabels(u":/labels/imagenet.txt"_s);
        return read ? *std::move(read) : Labels();
    }();
    return labels;
}

void fillLabels(Variant& variant)
{
    if (!variant.labels.isEmpty() || variant.classes != imageNetLabels().size())
        return;
    variant.labels = imageNetLabels();
    variant.labelsAreBuiltIn = true;
}

Labels statedLabels(const Variant& variant)
{
    return variant.labelsAreBuiltIn ? Labels() : variant.labels;
}

} // namespace vitrine
