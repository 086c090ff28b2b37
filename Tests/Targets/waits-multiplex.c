// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

// Waits for descriptors: epoll, poll, select, the two asynchronous I/O interfaces.

#include <linux/aio_abi.h>
#include <poll.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/select.h>

#include "waits.h"

// A descriptor that never becomes readable.
static bool prepare_silent(struct waiter *waiter) {
    waiter->fd = eventfd(0, 0);
    return waiter->fd >= 0;
}

static bool prepare_epoll(struct waiter *waiter) {
    struct epoll_event event = {.events = EPOLLIN};
    waiter->peer = eventfd(0, 0);
    waiter->fd = epoll_create1(0);
    return epoll_ctl(waiter->fd, EPOLL_CTL_ADD, waiter->peer, &event) == 0;
}

static long call_epoll_wait(struct waiter *waiter, uint64_t timeout_ns) {
    struct epoll_event event;
    return epoll_wait(waiter->fd, &event, 1, (int)(timeout_ns / MILLISECOND));
}

static long call_epoll_pwait(struct waiter *waiter, uint64_t timeout_ns) {
    struct epoll_event event;
    sigset_t mask;
    pthread_sigmask(SIG_SETMASK, NULL, &mask);
    return epoll_pwait(waiter->fd, &event, 1, (int)(timeout_ns / MILLISECOND), &mask);
}

static long call_epoll_pwait2(struct waiter *waiter, uint64_t timeout_ns) {
    struct epoll_event event;
    struct timespec timeout = timespec_of(timeout_ns);
    return syscall(SYS_epoll_pwait2, waiter->fd, &event, 1, &timeout, NULL, 0);
}

static long call_poll(struct waiter *waiter, uint64_t timeout_ns) {
    struct pollfd poll_fd = {.fd = waiter->fd, .events = POLLIN};
    return poll(&poll_fd, 1, (int)(timeout_ns / MILLISECOND));
}

static long call_ppoll(struct waiter *waiter, uint64_t timeout_ns) {
    struct pollfd poll_fd = {.fd = waiter->fd, .events = POLLIN};
    struct timespec timeout = timespec_of(timeout_ns);
    return ppoll(&poll_fd, 1, &timeout, NULL);
}

// glibc's select() is pselect6; the older call is made directly where it exists.
static long call_select(struct waiter *waiter, uint64_t timeout_ns) {
    fd_set set;
    FD_ZERO(&set);
    FD_SET(waiter->fd, &set);
    struct timeval timeout = {.tv_sec = (time_t)(timeout_ns / NANOSECONDS),
                              .tv_usec = (long)(timeout_ns % NANOSECONDS / MICROSECOND)};
#ifdef SYS_select
    return syscall(SYS_select, waiter->fd + 1, &set, NULL, NULL, &timeout);
#else
    return select(waiter->fd + 1, &set, NULL, NULL, &timeout);
#endif
}

static long call_pselect(struct waiter *waiter, uint64_t timeout_ns) {
    fd_set set;
    FD_ZERO(&set);
    FD_SET(waiter->fd, &set);
    struct timespec timeout = timespec_of(timeout_ns);
    return pselect(waiter->fd + 1, &set, NULL, NULL, &timeout, NULL);
}

static bool prepare_aio(struct waiter *waiter) {
    return syscall(SYS_io_setup, 1, &waiter->context) == 0;
}

static long call_io_getevents(struct waiter *waiter, uint64_t timeout_ns) {
    struct io_event event;
    struct timespec timeout = timespec_of(timeout_ns);
    return syscall(SYS_io_getevents, waiter->context, 1, 1, &event, &timeout);
}

static long call_io_pgetevents(struct waiter *waiter, uint64_t timeout_ns) {
    struct io_event event;
    struct timespec timeout = timespec_of(timeout_ns);
    return syscall(SYS_io_pgetevents, waiter->context, 1, 1, &event, &timeout, NULL);
}

static bool prepare_uring(struct waiter *waiter) {
    waiter->fd = eventfd(0, EFD_NONBLOCK);
    return uring_open(&waiter->ring, 4);
}

static long call_uring_timeout(struct waiter *waiter, uint64_t timeout_ns) {
    struct __kernel_timespec timeout = {.tv_sec = (long long)(timeout_ns / NANOSECONDS),
                                        .tv_nsec = (long long)(timeout_ns % NANOSECONDS)};
    struct io_uring_getevents_arg argument = {.ts = (uint64_t)(uintptr_t)&timeout};
    unsigned flags = IORING_ENTER_GETEVENTS | IORING_ENTER_EXT_ARG;
    return syscall(SYS_io_uring_enter, waiter->ring.fd, 0, 1, flags, &argument, sizeof argument);
}

// Without a timeout: a poll of an eventfd is under way, and the partner writes to it.
static void arm_uring(struct waiter *waiter, uint64_t timeout_ns) {
    (void)timeout_ns;
    struct io_uring_sqe poll = {
        .opcode = IORING_OP_POLL_ADD, .fd = waiter->fd, .poll32_events = POLLIN};
    uring_queue(&waiter->ring, &poll);
    while (uring_enter(&waiter->ring, 1, 0) < 0 && errno == EINTR) {
    }
}

static long call_uring(struct waiter *waiter, uint64_t timeout_ns) {
    (void)timeout_ns;
    return uring_enter(&waiter->ring, 0, 1);
}

static void release_eventfd(struct waiter *waiter) { eventfd_write(waiter->fd, 1); }

static void settle_uring(struct waiter *waiter) {
    int result;
    eventfd_t value;
    while (!uring_take(&waiter->ring, &result)) uring_enter(&waiter->ring, 0, 1);
    eventfd_read(waiter->fd, &value);
}

const struct wait multiplex_waits[] = {
    {"epoll_wait", prepare_epoll, NULL, call_epoll_wait, NULL, NULL, 0, 0, true, false},
    {"epoll_pwait", prepare_epoll, NULL, call_epoll_pwait, NULL, NULL, 0, 0, false, false},
    {"epoll_pwait2", prepare_epoll, NULL, call_epoll_pwait2, NULL, NULL, 0, 0, false, false},
    {"poll", prepare_silent, NULL, call_poll, NULL, NULL, 0, 0, false, false},
    {"ppoll", prepare_silent, NULL, call_ppoll, NULL, NULL, 0, 0, true, false},
    {"select", prepare_silent, NULL, call_select, NULL, NULL, 0, 0, false, false},
    {"pselect", prepare_silent, NULL, call_pselect, NULL, NULL, 0, 0, false, false},
    {"io_getevents", prepare_aio, NULL, call_io_getevents, NULL, NULL, 0, 0, true, false},
    {"io_pgetevents", prepare_aio, NULL, call_io_pgetevents, NULL, NULL, 0, 0, false, false},
    {"io_uring_enter-timeout", prepare_uring, NULL, call_uring_timeout, NULL, NULL, -1, ETIME,
     true, false},
    {"io_uring_enter", prepare_uring, arm_uring, call_uring, release_eventfd, settle_uring, 0, 0,
     false, false},
    {0},
};
