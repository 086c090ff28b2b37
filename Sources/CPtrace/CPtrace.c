// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

#define _GNU_SOURCE

#include "CPtrace.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <malloc.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stddef.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/random.h>
#include <sys/signalfd.h>
#include <sys/sysmacros.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <sys/xattr.h>
#include <time.h>
#include <unistd.h>

static long cptrace_result(long result) { return result < 0 ? -errno : result; }

long cptrace_seize(pid_t tid, long options) {
    return cptrace_result(ptrace(PTRACE_SEIZE, tid, NULL, (void *)options));
}

long cptrace_follow_options(void) {
    return PTRACE_O_TRACESYSGOOD | PTRACE_O_TRACECLONE | PTRACE_O_TRACEFORK | PTRACE_O_TRACEVFORK |
           PTRACE_O_TRACEEXEC;
}

long cptrace_window_options(void) {
    return PTRACE_O_TRACESYSGOOD | PTRACE_O_TRACECLONE | PTRACE_O_TRACEEXEC;
}

long cptrace_filter_options(void) { return PTRACE_O_TRACESECCOMP | PTRACE_O_EXITKILL; }

long cptrace_attach(pid_t tid) {
    return cptrace_result(ptrace(PTRACE_ATTACH, tid, NULL, NULL));
}

long cptrace_interrupt(pid_t tid) {
    return cptrace_result(ptrace(PTRACE_INTERRUPT, tid, NULL, NULL));
}

long cptrace_detach(pid_t tid, int signal) {
    return cptrace_result(ptrace(PTRACE_DETACH, tid, NULL, (void *)(long)signal));
}

long cptrace_continue(pid_t tid, int signal) {
    return cptrace_result(ptrace(PTRACE_CONT, tid, NULL, (void *)(long)signal));
}

long cptrace_run_to_call(pid_t tid, int signal) {
    return cptrace_result(ptrace(PTRACE_SYSCALL, tid, NULL, (void *)(long)signal));
}

long cptrace_listen(pid_t tid) { return cptrace_result(ptrace(PTRACE_LISTEN, tid, NULL, NULL)); }

long cptrace_get_event_message(pid_t tid, unsigned long *message) {
    return cptrace_result(ptrace(PTRACE_GETEVENTMSG, tid, NULL, message));
}

// struct ptrace_syscall_info of linux/ptrace.h, which glibc's header does not have everywhere.
struct cptrace_call_info {
    uint8_t op;
    uint8_t pad[3];
    uint32_t abi;
    uint64_t instruction_pointer;
    uint64_t stack_pointer;
    union {
        struct {
            uint64_t number;
            uint64_t arguments[6];
            uint32_t filter_data;
        } entry;
        struct {
            int64_t result;
            uint8_t failed;
        } exit;
    } at;
};

static const int cptrace_get_syscall_info = 0x420e;

long cptrace_get_call(pid_t tid, struct cptrace_call *call) {
    struct cptrace_call_info info;
    long size = ptrace((enum __ptrace_request)cptrace_get_syscall_info, tid, (void *)sizeof info,
                       &info);
    if (size < 0) return -errno;
    if (size < 8) return -ENODATA;
    call->op = info.op;
    call->abi = info.abi;
    call->failed = info.op == 2 && info.at.exit.failed;
    call->number = info.op == 1 || info.op == 3 ? info.at.entry.number : 0;
    call->result = info.op == 2 ? info.at.exit.result : 0;
    return 0;
}

long cptrace_install_filter(const struct cptrace_instruction *instructions, uint16_t count) {
    struct sock_fprog program = {count, (struct sock_filter *)(uintptr_t)instructions};
    return cptrace_result(syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program));
}

long cptrace_forbid_new_privileges(void) {
    return cptrace_result(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0));
}

const char *cptrace_error_name(int number) { return strerrorname_np(number); }

long cptrace_get_registers(pid_t tid, cptrace_registers *registers) {
    struct iovec area = {registers, sizeof *registers};
    return cptrace_result(ptrace(PTRACE_GETREGSET, tid, (void *)(long)NT_PRSTATUS, &area));
}

long cptrace_get_signal_origin(pid_t tid, int *code, int *sender) {
    siginfo_t info;
    long result = ptrace(PTRACE_GETSIGINFO, tid, NULL, &info);
    if (result < 0) return -errno;
    *code = info.si_code;
    *sender = info.si_pid;
    return 0;
}

#if defined(__aarch64__)
long cptrace_get_system_call(pid_t tid, int *number) {
    struct iovec area = {number, sizeof *number};
    return cptrace_result(ptrace(PTRACE_GETREGSET, tid, (void *)(long)NT_ARM_SYSTEM_CALL, &area));
}
#endif

#if defined(__x86_64__)
long cptrace_set_return_value(pid_t tid, long value) {
    void *offset = (void *)offsetof(struct user, regs.rax);
    return cptrace_result(ptrace(PTRACE_POKEUSER, tid, offset, (void *)value));
}
#endif

long cptrace_wait(pid_t tid, int flags, struct cptrace_event *event) {
    siginfo_t info;
    info.si_pid = 0;
    long result = waitid(tid == 0 ? P_ALL : P_PID, (id_t)tid, &info, flags);
    if (result < 0) return -errno;
    event->pid = info.si_pid;
    event->code = info.si_pid == 0 ? 0 : info.si_code;
    event->status = info.si_pid == 0 ? 0 : info.si_status;
    return 0;
}

long cptrace_copy(pid_t tid, void *into, size_t count, uint64_t from) {
    struct iovec local = {into, count};
    struct iovec remote = {(void *)(uintptr_t)from, count};
    return cptrace_result(process_vm_readv(tid, &local, 1, &remote, 1, 0));
}

void cptrace_name_thread(const char *name) { prctl(PR_SET_NAME, name, 0, 0, 0); }

void cptrace_set_timer_slack(long nanoseconds) { prctl(PR_SET_TIMERSLACK, nanoseconds, 0, 0, 0); }

uint64_t cptrace_device(uint32_t major, uint32_t minor) {
    return makedev(major, minor);
}

pid_t cptrace_gettid(void) { return (pid_t)syscall(SYS_gettid); }

long cptrace_await_input(int descriptor, long nanoseconds) {
    struct pollfd poll = {descriptor, POLLIN, 0};
    struct timespec timeout = {nanoseconds / 1000000000, nanoseconds % 1000000000};
    return cptrace_result(ppoll(&poll, 1, &timeout, NULL));
}

long cptrace_await_either(int first, int second, long nanoseconds) {
    struct pollfd poll[2] = {{first, POLLIN, 0}, {second, POLLIN, 0}};
    struct timespec timeout = {nanoseconds / 1000000000, nanoseconds % 1000000000};
    long result = cptrace_result(ppoll(poll, 2, &timeout, NULL));
    return result <= 0 ? result : (poll[0].revents ? 1 : 0) | (poll[1].revents ? 2 : 0);
}

int cptrace_signal_value(const void *info) {
    return ((const siginfo_t *)info)->si_value.sival_int;
}

long cptrace_queue_signal(pid_t pid, int signal, int value) {
    union sigval carried = {.sival_int = value};
    return cptrace_result(sigqueue(pid, signal, carried));
}

void cptrace_relax(void) {
#if defined(__x86_64__)
    __builtin_ia32_pause();
#else
    __asm__ volatile("yield");
#endif
}

static void cptrace_ignore(int signal) { (void)signal; }

long cptrace_create_wakeup_timer(pid_t tid, void **timer) {
    struct sigaction action = {.sa_handler = cptrace_ignore};
    if (sigaction(SIGRTMIN, &action, NULL) < 0) return -errno;
    struct sigevent event = {.sigev_notify = SIGEV_THREAD_ID, .sigev_signo = SIGRTMIN};
    event._sigev_un._tid = tid;
    return cptrace_result(timer_create(CLOCK_MONOTONIC, &event, (timer_t *)timer));
}

long cptrace_admit_wakeups(void) {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGRTMIN);
    return -pthread_sigmask(SIG_UNBLOCK, &set, NULL);
}

static struct timespec cptrace_timespec(long nanoseconds) {
    return (struct timespec){nanoseconds / 1000000000, nanoseconds % 1000000000};
}

void cptrace_set_timer(void *timer, long nanoseconds, long again) {
    struct itimerspec setting = {cptrace_timespec(again), cptrace_timespec(nanoseconds)};
    timer_settime((timer_t)timer, 0, &setting, NULL);
}

long cptrace_block_child_signal(void) {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGCHLD);
    return -pthread_sigmask(SIG_BLOCK, &set, NULL);
}

void cptrace_report_stops(int reports) {
    struct sigaction action = {.sa_handler = SIG_DFL, .sa_flags = reports ? 0 : SA_NOCLDSTOP};
    sigaction(SIGCHLD, &action, NULL);
}

long cptrace_child_signal_descriptor(void) {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGCHLD);
    return cptrace_result(signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC));
}

int cptrace_first_spare_signal(void) { return SIGRTMIN + 1; }

void cptrace_trim_heap(void) { malloc_trim(0); }

void cptrace_keep_heap_small(void) {
    mallopt(M_MMAP_THRESHOLD, 256 * 1024);
    mallopt(M_TRIM_THRESHOLD, 2 * 1024 * 1024);
    mallopt(M_TOP_PAD, 512 * 1024);
    mallopt(M_ARENA_MAX, 2);
}

int cptrace_current_cpu(void) { return sched_getcpu(); }

long cptrace_cpu_count(pid_t tid) {
    cpu_set_t set;
    if (sched_getaffinity(tid, sizeof set, &set) < 0) return -errno;
    return CPU_COUNT(&set);
}

// The bare calls: glibc's fill what the kernel leaves with zeros and hide how much it filled.
long cptrace_get_affinity(pid_t tid, uint64_t *words, size_t bytes) {
    return cptrace_result(syscall(SYS_sched_getaffinity, tid, bytes, words));
}

long cptrace_set_affinity(const uint64_t *words, size_t bytes) {
    return cptrace_result(syscall(SYS_sched_setaffinity, 0, bytes, words));
}

int cptrace_create_eventfd(int nonblocking) {
    return eventfd(0, EFD_CLOEXEC | (nonblocking ? EFD_NONBLOCK : 0));
}

long cptrace_create_pipe(int ends[2]) { return cptrace_result(pipe2(ends, O_CLOEXEC)); }

int cptrace_create_memory_file(const char *name) { return memfd_create(name, MFD_CLOEXEC); }

int cptrace_create_epoll(void) { return epoll_create1(EPOLL_CLOEXEC); }

long cptrace_await_epoll(int epoll, int milliseconds) {
    struct epoll_event event;
    return cptrace_result(epoll_wait(epoll, &event, 1, milliseconds));
}

long cptrace_random(void *into, size_t count) { return cptrace_result(getrandom(into, count, 0)); }

long cptrace_get_attribute(const char *path, const char *name, void *into, size_t count) {
    return cptrace_result(getxattr(path, name, into, count));
}

long cptrace_set_attribute(const char *path, const char *name, const void *from, size_t count) {
    return cptrace_result(setxattr(path, name, from, count, 0));
}

// The kernel takes 64 bits as two words of 32 each.
long cptrace_get_capabilities(struct cptrace_capabilities *held) {
    struct __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 0};
    struct __user_cap_data_struct words[_LINUX_CAPABILITY_U32S_3] = {0};
    if (syscall(SYS_capget, &header, words) < 0) return -errno;
    held->effective = words[0].effective | (uint64_t)words[1].effective << 32;
    held->permitted = words[0].permitted | (uint64_t)words[1].permitted << 32;
    held->inheritable = words[0].inheritable | (uint64_t)words[1].inheritable << 32;
    return 0;
}

long cptrace_set_capabilities(const struct cptrace_capabilities *wanted) {
    struct __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 0};
    struct __user_cap_data_struct words[_LINUX_CAPABILITY_U32S_3] = {
        {(uint32_t)wanted->effective, (uint32_t)wanted->permitted, (uint32_t)wanted->inheritable},
        {(uint32_t)(wanted->effective >> 32), (uint32_t)(wanted->permitted >> 32),
         (uint32_t)(wanted->inheritable >> 32)},
    };
    return cptrace_result(syscall(SYS_capset, &header, words));
}

uint64_t cptrace_now(int clock) {
    struct timespec time;
    if (clock_gettime((clockid_t)clock, &time) < 0) return UINT64_MAX;
    return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
}
