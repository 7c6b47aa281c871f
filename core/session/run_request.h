#pragma once

#include "core/image/image_source.h"
#include "core/model/variant.h"
#include "core/session/run_settings.h"

#include <memory>
#include <stop_token>
#include <vector>

namespace vitrine {

/// A variant as it was when a task was made.
struct RunSubject
{
    QString id;
    Variant variant;
    QString askedEngine;       ///< As in RunSettings::quantizedEngine, for this one.
    std::stop_token withdrawn; ///< Removed, or its input changed, since then.
};

struct RunPicture
{
    QString id;
    std::shared_ptr<const ImageSource> source;
    std::stop_token withdrawn;
};

/// What a task runs: the enabled variants, on the images.
struct RunRequest
{
    /// One variant on one image; positions in these lists.
    struct Item
    {
        std::size_t picture = 0;
        std::size_t subject = 0;
    };

    RunSettings settings;
    std::vector<RunSubject> subjects;
    std::vector<RunPicture> pictures; ///< The current image first.
    std::vector<Item> missing;        ///< Whose prediction is not known; image by image.
};

} // namespace vitrine
