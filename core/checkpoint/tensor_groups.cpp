#include "core/checkpoint/tensor_groups.h"

#include "core/base/literals.h"
#include "core/checkpoint/weight_names.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace vitrine {

namespace {

/// The tensors whose names begin with the prefix, without it, and with none of the longer ones.
TensorGroup underPrefix(const TensorGroup& group, const QString& prefix, const QStringList& prefixes)
{
    const auto isAnothers = [&](const QString& name) {
        return std::ranges::any_of(prefixes, [&](const QString& other) {
            return other.size() > prefix.size() && name.startsWith(other);
        });
    };
    QString path = group.path;
    if (!prefix.isEmpty() && prefixes.size() > 1)
        path += (path.isEmpty() ? QString() : u"."_s) + prefix.chopped(1);
    TensorGroup part{path, {}, group.metadata, group.isQuantized};
    for (const NamedPlace& tensor : group.tensors)
        if (tensor.name.startsWith(prefix) && !isAnothers(tensor.name))
            part.tensors.push_back({tensor.name.mid(prefix.size()), tensor.place});
    return part;
}

bool hasHead(const TensorGroup& group)
{
    return std::ranges::any_of(group.tensors,
                               [](const NamedPlace& tensor) { return isHeadWeight(tensor.name); });
}

/// A head that lies beside the backbone that it belongs to: "backbone.cls_token", "classifier.weight".
void addOuterHead(TensorGroup& part, const TensorGroup& whole, const QString& prefix)
{
    for (QString outer = prefix; !outer.isEmpty() && !hasHead(part);) {
        const qsizetype dot = outer.lastIndexOf(QLatin1Char('.'), -2);
        outer = outer.left(dot + 1);
        for (const NamedPlace& tensor : whole.tensors) {
            const QString name = tensor.name.mid(outer.size());
            const QString weight = name.endsWith(u".bias"_s) ? name.chopped(5) + u".weight"_s : name;
            if (tensor.name.startsWith(outer) && isHeadWeight(weight))
                part.tensors.push_back({name, tensor.place});
        }
    }
}

std::vector<TensorGroup> parted(const TensorGroup& group)
{
    constexpr qsizetype mostParts = 16;
    const QStringList names = group.names();
    const QStringList prefixes = transformerPrefixes(names).mid(0, mostParts);
    if (prefixes.isEmpty())
        return {underPrefix(group, wrapperPrefix(names), {})};
    std::vector<TensorGroup> parts;
    for (const QString& prefix : prefixes) {
        parts.push_back(underPrefix(group, prefix, prefixes));
        if (prefixes.size() == 1 || !isFollower(prefix))
            addOuterHead(parts.back(), group, prefix);
    }
    return parts;
}

auto rank(const TensorGroup& group)
{
    const QStringList usual{u"model"_s, u"state_dict"_s, u"model_state_dict"_s, u"model_ema"_s};
    const bool isTransformer = !transformerPrefixes(group.names()).isEmpty();
    const qsizetype key = usual.indexOf(group.path);
    const std::size_t size = isTransformer ? 0 : group.tensors.size();
    return std::tuple(!isTransformer, isTransformer && !hasHead(group), isFollower(group.path),
                      key < 0 ? usual.size() : key, -qint64(size));
}

} // namespace

QStringList TensorGroup::names() const
{
    QStringList result;
    for (const NamedPlace& tensor : tensors)
        result.append(tensor.name);
    return result;
}

std::vector<TensorGroup> arranged(const std::vector<TensorGroup>& groups)
{
    std::vector<TensorGroup> result;
    for (const TensorGroup& group : groups)
        for (TensorGroup& part : parted(group))
            result.push_back(std::move(part));
    using Rank = decltype(rank(result.front()));
    std::vector<std::pair<Rank, std::size_t>> order;
    for (std::size_t i = 0; i < result.size(); ++i)
        order.emplace_back(rank(result[i]), i);
    std::ranges::sort(order);
    std::vector<TensorGroup> sorted;
    for (const auto& [rank, index] : order)
        sorted.push_back(std::move(result[index]));
    return sorted;
}

TensorGroup chosen(std::vector<TensorGroup> groups, const QString& path, QStringList& others)
{
    const auto wanted = path.isEmpty() ? groups.begin() : std::ranges::find(groups, path, &TensorGroup::path);
    TensorGroup group = std::move(wanted == groups.end() ? groups.front() : *wanted);
    for (const TensorGroup& other : groups)
        if (!other.tensors.empty() && !transformerPrefixes(other.names()).isEmpty())
            others.append(other.path);
    return group;
}

} // namespace vitrine
