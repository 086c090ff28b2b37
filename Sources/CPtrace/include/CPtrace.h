// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

// What Swift cannot import: variadic ptrace, register sets, wait's macros, siginfo's union, and the
// calls that need _GNU_SOURCE, which the Glibc module does not define. Every function is one system
// call; those that return long give 0 or more on success and -errno on failure. No logic lives here.
// The header names few types of the system's, so that Swift sees each of them in one module only.

#ifndef PTARMIGAN_CPTRACE_H
#define PTARMIGAN_CPTRACE_H

#include <elf.h>
#include <stdint.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/user.h>

#if defined(__x86_64__)
typedef struct user_regs_struct cptrace_registers;
#elif defined(__aarch64__)
typedef struct user_regs_struct cptrace_registers;
#else
#error "Ptarmigan knows the register sets of x86-64 and arm64 only."
#endif

/// What waitid reported: `pid` 0 means that nothing was ready (WNOHANG).
struct cptrace_event {
    pid_t pid;
    int code;    // CLD_EXITED, CLD_KILLED, CLD_DUMPED, CLD_TRAPPED, CLD_STOPPED, ...
    int status;  // exit status, or signal | event << 8 of a stop
};

// glibc 2.36 names PTRACE_EVENT_STOP; the kernel's value (include/uapi/linux/ptrace.h) is 128.
static const int cptrace_event_stop = 128;

/// PTRACE_SEIZE with PTRACE_O_ options: the thread runs on. Without any of them it is freed by the
/// kernel if we die.
long cptrace_seize(pid_t tid, long options);

/// What is followed while system calls are watched: PTRACE_O_TRACESYSGOOD, clones, forks and execs.
long cptrace_follow_options(void);

/// PTRACE_O_TRACESECCOMP and PTRACE_O_EXITKILL, for commands with a seccomp filter of ours.
long cptrace_filter_options(void);

// The PTRACE_O_ options of a thread whose calls are watched for a while: PTRACE_O_TRACESYSGOOD,
// and the threads and programs that it starts in its place.
long cptrace_window_options(void);

/// PTRACE_ATTACH: the classic method; it sends SIGSTOP.
long cptrace_attach(pid_t tid);

long cptrace_interrupt(pid_t tid);

/// PTRACE_DETACH, handing `signal` back (0: none).
long cptrace_detach(pid_t tid, int signal);

/// PTRACE_CONT, handing `signal` on.
long cptrace_continue(pid_t tid, int signal);

/// PTRACE_SYSCALL: runs to the next entry or exit of a system call, handing `signal` on.
long cptrace_run_to_call(pid_t tid, int signal);

/// PTRACE_LISTEN: leaves a thread in its group-stop.
long cptrace_listen(pid_t tid);

/// PTRACE_GETEVENTMSG: what comes with an event, such as a filter's data.
long cptrace_get_event_message(pid_t tid, unsigned long *message);

/// What PTRACE_GET_SYSCALL_INFO (Linux 5.3) tells of a stop at a call.
struct cptrace_call {
    uint8_t op;      // PTRACE_SYSCALL_INFO_NONE, _ENTRY, _EXIT, _SECCOMP: 0 to 3
    uint8_t failed;  // at an exit: whether `result` is -errno
    uint32_t abi;    // an AUDIT_ARCH_ value
    uint64_t number; // at an entry
    int64_t result;  // at an exit
};

long cptrace_get_call(pid_t tid, struct cptrace_call *call);

/// One instruction of a classic BPF program (struct sock_filter, linux/filter.h).
struct cptrace_instruction {
    uint16_t code;
    uint8_t jump_if_true;
    uint8_t jump_if_false;
    uint32_t operand;
};

/// Puts a seccomp filter in force for the caller and what it becomes (seccomp(2)).
long cptrace_install_filter(const struct cptrace_instruction *instructions, uint16_t count);

/// Gives up that programs may gain privileges (PR_SET_NO_NEW_PRIVS), which is what lets a process
/// without CAP_SYS_ADMIN install a filter.
long cptrace_forbid_new_privileges(void);

/// The symbol of an errno value, as ENOENT (strerrorname_np(3)); NULL for none.
const char *cptrace_error_name(int number);

long cptrace_get_registers(pid_t tid, cptrace_registers *registers);

/// si_code and si_pid of the signal that the thread stopped for (PTRACE_GETSIGINFO); codes can be
/// negative, and si_pid means something only for some of them.
long cptrace_get_signal_origin(pid_t tid, int *code, int *sender);

#if defined(__aarch64__)
/// The system call's number, which arm64 keeps out of the general registers; -1 outside of a call.
long cptrace_get_system_call(pid_t tid, int *number);
#endif

#if defined(__x86_64__)
/// Writes the return-value register alone (PTRACE_POKEUSER of rax); nothing else is ever written.
long cptrace_set_return_value(pid_t tid, long value);
#endif

/// waitid with a plain result. `tid` 0 means any child or tracee of the calling thread.
long cptrace_wait(pid_t tid, int flags, struct cptrace_event *event);

// __WALL and __WNOTHREAD (include/uapi/linux/wait.h).
static const int cptrace_wait_all = 0x40000000;
static const int cptrace_wait_own_thread = 0x20000000;

/// process_vm_readv of one range: bytes copied (short where memory ends), or -errno.
long cptrace_copy(pid_t tid, void *into, size_t count, uint64_t from);

/// Names the calling thread (15 bytes count).
void cptrace_name_thread(const char *name);

/// How late the kernel may end the calling thread's sleeps (PR_SET_TIMERSLACK; 50 us by default).
void cptrace_set_timer_slack(long nanoseconds);

/// A device number as stat(2) gives it (makedev(3) is a macro).
uint64_t cptrace_device(uint32_t major, uint32_t minor);

pid_t cptrace_gettid(void);

/// ppoll of one descriptor for input: 1 when there is some, 0 after the time, or -errno.
long cptrace_await_input(int descriptor, long nanoseconds);

/// ppoll of two descriptors for input: a bit for each that has some, 0 after the time, or -errno.
long cptrace_await_either(int first, int second, long nanoseconds);

/// The integer that a queued signal carries; `info` is a siginfo_t.
int cptrace_signal_value(const void *info);

/// sigqueue(3) with an integer.
long cptrace_queue_signal(pid_t pid, int signal, int value);

/// A hint that this CPU waits for memory of another one.
void cptrace_relax(void);

/// A timer that interrupts a blocking call of a thread of this process by the first real-time signal.
/// Its handler does nothing and has no SA_RESTART, so waitid returns EINTR.
long cptrace_create_wakeup_timer(pid_t tid, void **timer);

/// Lets such timers interrupt the calling thread; a pool's threads block all signals, and a new
/// thread inherits that.
long cptrace_admit_wakeups(void);

/// Fires after `nanoseconds` and then each `again` nanoseconds; `nanoseconds` 0 disarms.
void cptrace_set_timer(void *timer, long nanoseconds, long again);

/// Blocks SIGCHLD in the calling thread.
long cptrace_block_child_signal(void);

/// Whether stops of children and tracees raise SIGCHLD (SA_NOCLDSTOP); their ends always do.
void cptrace_report_stops(int reports);

/// A signalfd of SIGCHLD.
long cptrace_child_signal_descriptor(void);

/// The real-time signal after the one that the wake-up timers use (SIGRTMIN is a macro).
int cptrace_first_spare_signal(void);

/// Gives free memory of the heap back to the kernel (malloc_trim(3)).
void cptrace_trim_heap(void);

/// Has large blocks given back to the kernel as soon as they are free, and threads share two heaps
/// (mallopt(3)): without it the threshold grows with the largest block that was ever freed. The end
/// of the heap is kept for a while: batches come and go, and to give the end back and ask for it
/// again costs a page fault for each page of a copied stack.
void cptrace_keep_heap_small(void);

/// The CPU that the caller is on (sched_getcpu(3)).
int cptrace_current_cpu(void);

/// How many CPUs a thread may run on (sched_getaffinity(2); 0 is the caller), or -errno.
long cptrace_cpu_count(pid_t tid);

/// The CPUs that a thread may run on, one bit each (sched_getaffinity(2); 0 is the caller): the
/// number of bytes that the kernel filled, or -errno.
long cptrace_get_affinity(pid_t tid, uint64_t *words, size_t bytes);

/// Sets the CPUs that the caller may run on (sched_setaffinity(2)): 0 or -errno.
long cptrace_set_affinity(const uint64_t *words, size_t bytes);

/// eventfd(2), close-on-exec: a descriptor or -1.
int cptrace_create_eventfd(int nonblocking);

/// pipe2(2), close-on-exec: 0 or -errno.
long cptrace_create_pipe(int ends[2]);

/// memfd_create(2), close-on-exec: a descriptor or -1.
int cptrace_create_memory_file(const char *name);

int cptrace_create_epoll(void);

/// epoll_wait for one event: 0 after the time, or -errno.
long cptrace_await_epoll(int epoll, int milliseconds);

/// getrandom(2): bytes written, or -errno.
long cptrace_random(void *into, size_t count);

/// getxattr(2): bytes of the value, or -errno.
long cptrace_get_attribute(const char *path, const char *name, void *into, size_t count);

/// setxattr(2); only tests call it, on files of their own.
long cptrace_set_attribute(const char *path, const char *name, const void *from, size_t count);

/// Sets of capabilities of the calling thread, one bit each (capabilities(7)).
struct cptrace_capabilities {
    uint64_t effective;
    uint64_t permitted;
    uint64_t inheritable;
};

/// capget(2) for the calling thread: 0 or -errno.
long cptrace_get_capabilities(struct cptrace_capabilities *held);

/// capset(2) for the calling thread: 0 or -errno.
long cptrace_set_capabilities(const struct cptrace_capabilities *wanted);

/// clock_gettime(2) in nanoseconds; UINT64_MAX where the clock is not to be had.
uint64_t cptrace_now(int clock);

#endif
