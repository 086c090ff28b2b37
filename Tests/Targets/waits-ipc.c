// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

// Semaphores, message queues, futexes, sleeps and signals.

#include <fcntl.h>
#include <linux/futex.h>
#include <mqueue.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/sem.h>

#include "waits.h"

#define CALL(name, expression)                                          \
    static long call_##name(struct waiter *waiter, uint64_t timeout_ns) { \
        (void)waiter;                                                   \
        struct timespec timeout = timespec_of(timeout_ns);              \
        (void)timeout;                                                  \
        return expression;                                              \
    }

// System V semaphores, waited for at zero

#define TAKE (&(struct sembuf){.sem_op = -1})

static bool prepare_semaphore(struct waiter *waiter) {
    waiter->fd = semget(IPC_PRIVATE, 1, 0600);
    return waiter->fd >= 0;
}

CALL(semtimedop, semtimedop(waiter->fd, TAKE, 1, &timeout))
CALL(semop, semop(waiter->fd, TAKE, 1))

static void release_semaphore(struct waiter *waiter) {
    struct sembuf give = {.sem_op = 1};
    while (semop(waiter->fd, &give, 1) != 0 && errno == EINTR) {
    }
}

static void settle_semaphore(struct waiter *waiter) { semctl(waiter->fd, 0, SETVAL, 0); }

// System V message queues

struct letter { long type; char text[1024]; };

static bool prepare_queue(struct waiter *waiter) {
    waiter->fd = msgget(IPC_PRIVATE, 0600);
    return waiter->fd >= 0;
}

static void fill_queue(struct waiter *waiter) {
    struct letter letter = {.type = 1};
    while (msgsnd(waiter->fd, &letter, sizeof letter.text, IPC_NOWAIT) == 0) {
    }
}

static bool prepare_full_queue(struct waiter *waiter) {
    if (!prepare_queue(waiter)) return false;
    fill_queue(waiter);
    return errno == EAGAIN;
}

static void empty_queue(struct waiter *waiter) {
    struct letter letter;
    while (msgrcv(waiter->fd, &letter, sizeof letter.text, 0, IPC_NOWAIT) >= 0) {
    }
}

static void release_receiver(struct waiter *waiter) {
    struct letter letter = {.type = 1};
    msgsnd(waiter->fd, &letter, sizeof letter.text, IPC_NOWAIT);
}

static void release_sender(struct waiter *waiter) {
    struct letter letter;
    msgrcv(waiter->fd, &letter, sizeof letter.text, 0, IPC_NOWAIT);
}

CALL(msgrcv, msgrcv(waiter->fd, &(struct letter){0}, sizeof(((struct letter *)0)->text), 0, 0))
CALL(msgsnd,
     msgsnd(waiter->fd, &(struct letter){.type = 1}, sizeof(((struct letter *)0)->text), 0))

// POSIX message queues take absolute times of the real-time clock.

static bool prepare_mq(struct waiter *waiter) {
    struct mq_attr attributes = {.mq_maxmsg = 1, .mq_msgsize = 8};
    snprintf(waiter->path, sizeof waiter->path, "/ptarmigan-%d-%s-%d", (int)getpid(),
             waiter->wait->name, waiter->alternates);
    waiter->fd = mq_open(waiter->path, O_CREAT | O_EXCL | O_RDWR, 0600, &attributes);
    mq_unlink(waiter->path);
    return waiter->fd >= 0;
}

static bool prepare_full_mq(struct waiter *waiter) {
    return prepare_mq(waiter) && mq_send(waiter->fd, "", 1, 0) == 0;
}

static struct timespec realtime_after(uint64_t timeout_ns) {
    return timespec_of(clock_ns(CLOCK_REALTIME) + timeout_ns);
}

#define REALTIME (&(struct timespec[]){realtime_after(timeout_ns)}[0])
#define MONOTONIC (&(struct timespec[]){timespec_of(waiter->due_ns)}[0])

CALL(mq_timedreceive, mq_timedreceive(waiter->fd, (char[8]){0}, 8, NULL, REALTIME))
CALL(mq_timedsend, mq_timedsend(waiter->fd, "", 1, 0, REALTIME))

// Futexes. The untimed one is woken as programs do it: the word changes before the wake, so that a
// thread that was out of its queue for a moment sees the change (EAGAIN) instead of missing it.

static bool prepare_word(struct waiter *waiter) {
    return sem_init(&waiter->semaphore, 0, 0) == 0;
}

static long wait_word(struct waiter *waiter, int operation, const struct timespec *timeout) {
    return syscall(SYS_futex, &waiter->word, operation | FUTEX_PRIVATE_FLAG, 0, timeout, NULL,
                   FUTEX_BITSET_MATCH_ANY);
}

CALL(futex, wait_word(waiter, FUTEX_WAIT, &timeout))
CALL(futex_bitset, wait_word(waiter, FUTEX_WAIT_BITSET, MONOTONIC))
CALL(futex_untimed, wait_word(waiter, FUTEX_WAIT, NULL) == 0 || errno == EAGAIN ? 0 : -1)
CALL(sem_timedwait, sem_clockwait(&waiter->semaphore, CLOCK_MONOTONIC, MONOTONIC))

static void release_word(struct waiter *waiter) {
    __atomic_store_n(&waiter->word, 1, __ATOMIC_SEQ_CST);
    syscall(SYS_futex, &waiter->word, FUTEX_WAKE | FUTEX_PRIVATE_FLAG, 1, NULL, NULL, 0);
}

static void settle_word(struct waiter *waiter) {
    __atomic_store_n(&waiter->word, 0, __ATOMIC_SEQ_CST);
}

// Sleeps. glibc's nanosleep() is clock_nanosleep; the older call is made directly.

static long negated(int error) {
    errno = error;
    return error == 0 ? 0 : -1;
}

CALL(nanosleep, syscall(SYS_nanosleep, &timeout, NULL))
CALL(clock_nanosleep, negated(clock_nanosleep(CLOCK_MONOTONIC, 0, &timeout, NULL)))
CALL(clock_nanosleep_absolute,
     negated(clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, MONOTONIC, NULL)))
CALL(usleep, usleep((useconds_t)(timeout_ns / MICROSECOND)))

// Signals. The two that are waited for are blocked in every thread. SIGUSR1 and SIGUSR2 have the
// program's only handler, which does nothing; they are sent to one thread each, by the partner.

static sigset_t one_signal(int number) {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, number);
    return set;
}

#define SET(number) (&(sigset_t[]){one_signal(number)}[0])

static void do_nothing(int number) { (void)number; }

static bool prepare_signals(struct waiter *waiter) {
    (void)waiter;
    struct sigaction action = {.sa_handler = do_nothing};
    sigaction(SIGUSR1, &action, NULL);
    sigaction(SIGUSR2, &action, NULL);
    sigprocmask(SIG_BLOCK, SET(SIGRTMIN + 2), NULL);
    sigprocmask(SIG_BLOCK, SET(SIGRTMIN + 3), NULL);
    return true;
}

CALL(rt_sigtimedwait, sigtimedwait(SET(SIGRTMIN + 2), NULL, &timeout))
CALL(rt_sigwaitinfo, syscall(SYS_rt_sigtimedwait, SET(SIGRTMIN + 3), NULL, NULL, 8))
CALL(pause, pause())

static long call_sigsuspend(struct waiter *waiter, uint64_t timeout_ns) {
    (void)waiter, (void)timeout_ns;
    sigset_t mask;
    pthread_sigmask(SIG_BLOCK, SET(SIGUSR2), NULL);
    pthread_sigmask(SIG_BLOCK, NULL, &mask);
    sigdelset(&mask, SIGUSR2);
    return sigsuspend(&mask);
}

static void release_information(struct waiter *waiter) {
    pthread_kill(waiter->thread, SIGRTMIN + 3);
}

static void release_pause(struct waiter *waiter) { pthread_kill(waiter->thread, SIGUSR1); }

static void release_suspend(struct waiter *waiter) { pthread_kill(waiter->thread, SIGUSR2); }

static void settle_signals(struct waiter *waiter) {
    (void)waiter;
    struct timespec none = {0};
    while (sigtimedwait(SET(SIGRTMIN + 3), NULL, &none) > 0) {
    }
}

const struct wait ipc_waits[] = {
    {"semtimedop", prepare_semaphore, NULL, call_semtimedop, NULL, NULL, -1, EAGAIN, true, false},
    {"semop", prepare_semaphore, NULL, call_semop, release_semaphore, settle_semaphore, 0, 0,
     false, false},
    {"msgrcv", prepare_queue, NULL, call_msgrcv, release_receiver, empty_queue, ANY_POSITIVE, 0,
     false, false},
    {"msgsnd", prepare_full_queue, NULL, call_msgsnd, release_sender, fill_queue, 0, 0, false,
     false},
    {"mq_timedreceive", prepare_mq, NULL, call_mq_timedreceive, NULL, NULL, -1, ETIMEDOUT, false,
     false},
    {"mq_timedsend", prepare_full_mq, NULL, call_mq_timedsend, NULL, NULL, -1, ETIMEDOUT, false,
     false},
    {"futex", prepare_word, NULL, call_futex, NULL, NULL, -1, ETIMEDOUT, true, false},
    {"futex-bitset", prepare_word, NULL, call_futex_bitset, NULL, NULL, -1, ETIMEDOUT, false,
     false},
    {"futex-untimed", prepare_word, NULL, call_futex_untimed, release_word, settle_word, 0, 0,
     false, false},
    {"sem_timedwait", prepare_word, NULL, call_sem_timedwait, NULL, NULL, -1, ETIMEDOUT, false,
     false},
    {"nanosleep", NULL, NULL, call_nanosleep, NULL, NULL, 0, 0, true, false},
    {"clock_nanosleep", NULL, NULL, call_clock_nanosleep, NULL, NULL, 0, 0, false, false},
    {"clock_nanosleep-absolute", NULL, NULL, call_clock_nanosleep_absolute, NULL, NULL, 0, 0,
     false, false},
    {"usleep", NULL, NULL, call_usleep, NULL, NULL, 0, 0, false, false},
    {"rt_sigtimedwait", prepare_signals, NULL, call_rt_sigtimedwait, NULL, NULL, -1, EAGAIN, true,
     false},
    {"rt_sigtimedwait-untimed", prepare_signals, NULL, call_rt_sigwaitinfo, release_information,
     settle_signals, ANY_POSITIVE, 0, false, false},
    {"pause", prepare_signals, NULL, call_pause, release_pause, NULL, -1, EINTR, false, false},
    {"sigsuspend", prepare_signals, NULL, call_sigsuspend, release_suspend, NULL, -1, EINTR, false,
     false},
    {0},
};
