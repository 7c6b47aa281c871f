#include "core/host/fence.h"

#include "core/base/literals.h"
#include "core/base/process_memory.h"
#include "core/base/tr.h"

#include <seccomp.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <fcntl.h>
#include <linux/sched.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <memory>

namespace vitrine {

namespace {

using Filter = std::unique_ptr<void, decltype(&seccomp_release)>;

/// Refused whatever their arguments are. Some are not known to every processor's system.
constexpr std::array refusedCalls{"connect",
                                  "bind",
                                  "listen",
                                  "accept",
                                  "accept4",
                                  "sendto",
                                  "sendmsg",
                                  "sendmmsg",
                                  "execve",
                                  "execveat",
                                  "fork",
                                  "vfork",
                                  "ptrace",
                                  "process_vm_readv",
                                  "process_vm_writev",
                                  "kill",
                                  "tkill",
                                  "pidfd_open",
                                  "pidfd_send_signal",
                                  "pidfd_getfd",
                                  "creat",
                                  "truncate",
                                  "truncate64",
                                  "unlink",
                                  "unlinkat",
                                  "rename",
                                  "renameat",
                                  "renameat2",
                                  "mkdir",
                                  "mkdirat",
                                  "rmdir",
                                  "link",
                                  "linkat",
                                  "symlink",
                                  "symlinkat",
                                  "mknod",
                                  "mknodat",
                                  "chmod",
                                  "fchmod",
                                  "fchmodat",
                                  "fchmodat2",
                                  "chown",
                                  "fchown",
                                  "lchown",
                                  "fchownat",
                                  "utime",
                                  "utimes",
                                  "utimensat",
                                  "futimesat",
                                  "setxattr",
                                  "lsetxattr",
                                  "fsetxattr",
                                  "removexattr",
                                  "lremovexattr",
                                  "fremovexattr",
                                  "mount",
                                  "umount2",
                                  "chroot",
                                  "pivot_root",
                                  "unshare",
                                  "setns",
                                  "bpf",
                                  "perf_event_open",
                                  "keyctl",
                                  "add_key",
                                  "request_key",
                                  "io_uring_setup",
                                  "open_by_handle_at",
                                  "userfaultfd"};
/// What their arguments point to cannot be looked at; libraries do without them.
constexpr std::array missingCalls{"openat2", "clone3"};

/// False: the filter does not have it.
bool refuse(void* filter, const char* call, int error)
{
    const int number = seccomp_syscall_resolve_name(call);
    return number == __NR_SCMP_ERROR ||
           seccomp_rule_add(filter, SCMP_ACT_ERRNO(static_cast<std::uint32_t>(error)), number, 0) == 0;
}

bool refuseWhere(void* filter, const char* call, const scmp_arg_cmp& condition)
{
    const int number = seccomp_syscall_resolve_name(call);
    return number == __NR_SCMP_ERROR ||
           seccomp_rule_add_array(filter, SCMP_ACT_ERRNO(EACCES), number, 1, &condition) == 0;
}

scmp_arg_cmp hasFlag(unsigned argument, std::uint64_t flag)
{
    return {argument, SCMP_CMP_MASKED_EQ, flag, flag};
}

bool refuseWriting(void* filter)
{
    for (const std::uint64_t flag : {O_WRONLY, O_RDWR, O_CREAT, O_TRUNC, O_APPEND})
        if (!refuseWhere(filter, "open", hasFlag(1, flag)) ||
            !refuseWhere(filter, "openat", hasFlag(2, flag)))
            return false;
    return true;
}

/// Threads are fine; a process is not.
bool refuseProcesses(void* filter)
{
    const scmp_arg_cmp noThread{0, SCMP_CMP_MASKED_EQ, CLONE_THREAD, 0};
    return refuseWhere(filter, "clone", noThread);
}

/// It may signal itself, as abort() does, and ask for limits of its own.
bool refuseOtherProcesses(void* filter)
{
    const auto isOther = [](std::uint64_t own) { return scmp_arg_cmp{0, SCMP_CMP_NE, own, 0}; };
    const auto self = static_cast<std::uint64_t>(::getpid());
    return refuseWhere(filter, "tgkill", isOther(self)) &&
           refuseWhere(filter, "rt_sigqueueinfo", isOther(self)) &&
           refuseWhere(filter, "rt_tgsigqueueinfo", isOther(self)) &&
           refuseWhere(filter, "prlimit64", isOther(0));
}

bool addRules(void* filter)
{
    const auto isRefused = [filter](const char* call) { return refuse(filter, call, EACCES); };
    const auto isMissing = [filter](const char* call) { return refuse(filter, call, ENOSYS); };
    return std::ranges::all_of(refusedCalls, isRefused) && std::ranges::all_of(missingCalls, isMissing) &&
           refuse(filter, "socket", EACCES) && refuseWriting(filter) && refuseProcesses(filter) &&
           refuseOtherProcesses(filter);
}

bool filterCalls()
{
    const Filter filter(seccomp_init(SCMP_ACT_ALLOW), &seccomp_release);
    return filter && seccomp_attr_set(filter.get(), SCMP_FLTATR_CTL_TSYNC, 1) == 0 &&
           addRules(filter.get()) && seccomp_load(filter.get()) == 0;
}

/// Ordinary files do not grow, even those that were opened before.
bool forbidFileContents()
{
    const rlimit none{0, 0};
    return ::setrlimit(RLIMIT_FSIZE, &none) == 0;
}

} // namespace

QStringList enterFence()
{
    QStringList gaps;
    if (!forbidFileContents())
        gaps << tr("it cannot be kept from writing to files that it has open");
    if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        gaps << tr("it cannot be kept from gaining privileges");
    if (!filterCalls())
        gaps << tr("it cannot be kept from writing files, starting programs and using the network, because "
                   "this system takes no filter of system calls (seccomp)");
    return gaps;
}

Status limitMemory(qint64 bytes)
{
    constexpr qint64 room = 256'000'000;
    const qint64 taken = privateMemoryBytes();
    if (bytes > 0 && bytes < taken + room)
        return Error{
            ErrorKind::Usage,
            tr("A memory limit of %1 bytes is too low: the engine alone takes %2 before there is a model. "
               "Allow at least %3.")
                .arg(QString::number(bytes), QString::number(taken), QString::number(taken + room))};
    rlimit limit{RLIM_INFINITY, RLIM_INFINITY};
    ::getrlimit(RLIMIT_DATA, &limit);
    if (bytes <= 0)
        bytes = taken + qint64{::sysconf(_SC_PHYS_PAGES)} * ::sysconf(_SC_PAGESIZE) / 4 * 3;
    limit.rlim_cur = limit.rlim_max = std::min(limit.rlim_max, static_cast<rlim_t>(bytes));
    if (::setrlimit(RLIMIT_DATA, &limit) == 0)
        return Done{};
    return Error{ErrorKind::Usage, tr("The memory cannot be limited to %1 bytes.").arg(bytes)};
}

} // namespace vitrine
