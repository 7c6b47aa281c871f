#pragma once

#include <QHash>
#include <QString>
#include <QStringList>

#include <cstddef>
#include <vector>

namespace vitrine {

struct NamedPlace
{
    QString name;
    std::size_t place = 0; ///< Where the tensor is: a PickleId, or an index.
};

/// Named tensors that lie together in a file: a dictionary, a list of pairs, a pickled module.
struct TensorGroup
{
    QString path; ///< Where they lie: "checkpoint.state_dict"; empty at the top.
    std::vector<NamedPlace> tensors;
    QHash<QString, QString> metadata; ///< Of a pickled module: its num_heads and layer_norm_eps.
    bool isQuantized = false;

    QStringList names() const;
};

/// Parts the groups of several models in one ("student.", "teacher."), takes off what stands before all names
/// of a model, and puts first what is to be read: what looks like a vision transformer, with a head, was
/// trained itself (not an average or a teacher); then what lies under "model", "state_dict" or
/// "model_state_dict"; then what comes first.
std::vector<TensorGroup> arranged(const std::vector<TensorGroup>& groups);

/// Keeps the first of these, or the one at `path`; what else looks like a vision transformer goes into
/// `others`. Precondition: there is one.
TensorGroup chosen(std::vector<TensorGroup> groups, const QString& path, QStringList& others);

} // namespace vitrine
