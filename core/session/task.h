#pragma once

#include "core/base/progress.h"

#include <functional>

namespace vitrine {

class ImageCache;
class InputCache;
class ModelStore;
class SessionState;

/// What a session is doing, or will do.
enum class Activity { Reading, Describing, Building, Classifying, Calibrating, Measuring, Profiling };

/// A small change of what the session knows. Made on the worker, applied on the session's thread unless its
/// job is stale by then; what concerns a variant or an image that is gone changes nothing.
using Edit = std::function<void(SessionState&)>;

/// What a task is given to run with. The worker's thread only.
struct TaskContext
{
    quint64 job = 0; ///< Its number.
    JobControl control;
    std::function<void(Edit)> post;
    /// post(), and wait until what follows from it is painted; a second at most.
    std::function<void(Edit)> show;
    ModelStore& models;
    ImageCache& pictures;
    InputCache& inputs;
};

/// One piece of work. Made on the session's thread with all that it needs (values, shared pointers, stop
/// tokens of what may be withdrawn); runs on the worker's and posts edits. It knows no other task.
using Task = std::function<void(const TaskContext&)>;

/// Makes a task when its turn has come, from what is known then. Null: there is nothing to do, or it cannot
/// be done, which is told.
using TaskMaker = std::function<Task(SessionState&)>;

} // namespace vitrine
