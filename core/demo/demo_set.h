#pragma once

#include "core/base/result.h"
#include "core/model/variant.h"

#include <QStringList>

#include <optional>

namespace vitrine {

/// What the demo shows: a checkpoint, what it needs, and images. Paths are absolute.
struct DemoSet
{
    QString modelName;
    QString checkpoint;
    Labels labels;                              ///< May be empty.
    std::optional<Preprocessing> preprocessing; ///< Unset: ImageNet's at the model's size.
    QStringList images;
};

/// Which parts of the demo a user brings; empty: those that come with Vitrine.
struct DemoRequest
{
    QString checkpoint;
    QStringList images;
};

/// The demo that comes with Vitrine (share/vitrine/demo), with the parts of `request` in place of its own.
/// A checkpoint that is not there is an error; images are not looked at. Any thread.
Result<DemoSet> findDemoSet(const DemoRequest& request = {});

/// Reads a demo.json: {schemaVersion, modelName, checkpoint, labels, images, preprocessing}, with files
/// relative to its folder. A file that it names and that is not there is an error.
Result<DemoSet> readDemoSet(const QString& path);

} // namespace vitrine
