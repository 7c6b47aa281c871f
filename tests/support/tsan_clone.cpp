#include <sched.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

#include <cstdarg>

/// In place of ThreadSanitizer's clone(), in tests that it watches, on x86-64. QProcess lets its child share
/// this process's memory until it becomes another program; ThreadSanitizer takes the child's memory for a
/// copy, and leaves marks in it that make it misread the threads here. So the child gets a copy indeed.
extern "C" int clone(int (*function)(void*), void*, int flags, void* argument, ...)
{
    va_list more;
    va_start(more, argument);
    auto* const parentId = va_arg(more, pid_t*); // or where the child's descriptor goes
    va_end(more);
    const auto copying = static_cast<unsigned long>(flags & ~(CLONE_VM | CLONE_VFORK));
    const long id = ::syscall(SYS_clone, copying, nullptr, parentId, nullptr, nullptr);
    if (id == 0)
        ::_exit(function(argument));
    return static_cast<int>(id);
}
