#pragma once

#include "core/checkpoint/script_contents.h"
#include "core/image/image_source.h"
#include "core/model/variant.h"

#include <QString>

#include <algorithm>
#include <memory>
#include <stop_token>
#include <vector>

namespace vitrine {

/// How models are loaded and run. Changing it reloads what depends on it, and shows cached results of
/// the new setting if there are any.
struct RunSettings
{
    int threads = 1;
    QString quantizedEngine; ///< Empty: each variant under the best one here.
    FileOperators fileOperators = FileOperators::Refused;
    bool operator==(const RunSettings&) const = default;
    /// The same on this number of threads.
    RunSettings onThreads(int number) const
    {
        RunSettings settings = *this;
        settings.threads = number;
        return settings;
    }
};

/// A variant as it was when a task was made.
struct RunSubject
{
    QString id;
    Variant variant;
    QString askedEngine = {};       ///< As in RunSettings::quantizedEngine, for this one.
    std::stop_token withdrawn = {}; ///< Removed, or its input changed, since then.

    /// What is allowed to this file, or to all.
    FileOperators fileOperators(const RunSettings& settings) const
    {
        return std::max(variant.fileOperators, settings.fileOperators);
    }
};

/// What becomes of labels whose number is not that of the classes.
enum class LabelMisfit { Refused, Taken };

/// How a user wants a variant to be fed, and its classes called.
struct StatedInput
{
    Preprocessing preprocessing;
    Labels labels;
    LabelMisfit misfit = LabelMisfit::Taken;
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

    RunSettings settings = {};
    std::vector<RunSubject> subjects = {};
    std::size_t baseline = 0;              ///< Position in `subjects`, unless that is empty.
    std::vector<RunPicture> pictures = {}; ///< The current image first.
    std::vector<Item> missing = {};        ///< Whose prediction is not known; image by image.
};

} // namespace vitrine
