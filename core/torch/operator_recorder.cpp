#include "core/torch/operator_recorder.h"

#include "core/engine/operator_accumulator.h"

#include <ATen/record_function.h>

namespace vitrine::torch_engine {

namespace {

using Clock = std::chrono::steady_clock;

/// LibTorch calls plain functions; they find their accumulator here.
thread_local OperatorAccumulator* t_accumulator = nullptr;

std::unique_ptr<at::ObserverContext> entered(const at::RecordFunction& function)
{
    if (t_accumulator)
        t_accumulator->enter(function.name(), Clock::now());
    return nullptr;
}

void left(const at::RecordFunction&, at::ObserverContext*)
{
    if (t_accumulator)
        t_accumulator->leave(Clock::now());
}

class Recording
{
public:
    explicit Recording(OperatorAccumulator& accumulator)
        : m_handle(at::addThreadLocalCallback(
              at::RecordFunctionCallback(entered, left)
                  .scopes({at::RecordScope::FUNCTION, at::RecordScope::CUSTOM_CLASS,
                           at::RecordScope::TORCHSCRIPT_FUNCTION})))
    {
        t_accumulator = &accumulator;
    }
    ~Recording()
    {
        t_accumulator = nullptr;
        at::removeCallback(m_handle);
    }
    Recording(const Recording&) = delete;
    Recording& operator=(const Recording&) = delete;

private:
    at::CallbackHandle m_handle;
};

} // namespace

OperatorProfile profileOperators(const std::function<void()>& forward)
{
    OperatorAccumulator accumulator;
    const auto before = Clock::now();
    {
        const Recording recording(accumulator);
        accumulator.start(Clock::now());
        forward();
    }
    OperatorProfile profile = accumulator.stop(Clock::now());
    profile.wallTime = Clock::now() - before;
    return profile;
}

} // namespace vitrine::torch_engine
