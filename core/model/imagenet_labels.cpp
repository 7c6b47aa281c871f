#include "core/model/imagenet_labels.h"

namespace vitrine {

const Labels& imageNetLabels()
{
    static const Labels labels = [] {
        auto read = readLabels(QStringLiteral(":/labels/imagenet.txt"));
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
