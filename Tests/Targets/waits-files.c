// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

// Reads and writes of slow descriptors, file locks, opening a FIFO, waiting for a child.

#include <fcntl.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/file.h>
#include <sys/inotify.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/timerfd.h>
#include <sys/wait.h>

#include "waits.h"

static char bytes[4096];

static bool ready(int fd, short events) {
    struct pollfd poll_fd = {.fd = fd, .events = events};
    return poll(&poll_fd, 1, 0) > 0;
}

static void drain(struct waiter *waiter) {
    while (ready(waiter->fd, POLLIN) && read(waiter->fd, bytes, sizeof bytes) > 0) {
    }
}

static long call_read(struct waiter *waiter, uint64_t timeout_ns) {
    (void)timeout_ns;
    return read(waiter->fd, bytes, sizeof bytes);
}

static void release_write(struct waiter *waiter) {
    uint64_t one = 1;
    if (write(waiter->peer, &one, sizeof one) != sizeof one) fail("write to a waiting thread");
}

static bool prepare_pipe(struct waiter *waiter) {
    int ends[2];
    if (pipe(ends) != 0) return false;
    waiter->fd = ends[0];
    waiter->peer = ends[1];
    return true;
}

static bool prepare_eventfd(struct waiter *waiter) {
    waiter->fd = waiter->peer = eventfd(0, 0);
    return waiter->fd >= 0;
}

// A full pipe: `fd` is written, `peer` is read.
static void fill_pipe(struct waiter *waiter) {
    while (ready(waiter->fd, POLLOUT) && write(waiter->fd, bytes, sizeof bytes) > 0) {
    }
}

static bool prepare_full_pipe(struct waiter *waiter) {
    if (!prepare_pipe(waiter)) return false;
    int reader = waiter->fd;
    waiter->fd = waiter->peer;
    waiter->peer = reader;
    fill_pipe(waiter);
    return true;
}

static long call_write(struct waiter *waiter, uint64_t timeout_ns) {
    (void)timeout_ns;
    return write(waiter->fd, bytes, sizeof bytes);
}

static void release_read(struct waiter *waiter) {
    if (read(waiter->peer, bytes, sizeof bytes) < 0) fail("read of a full pipe");
}

static bool prepare_timerfd(struct waiter *waiter) {
    waiter->fd = timerfd_create(CLOCK_MONOTONIC, 0);
    return waiter->fd >= 0;
}

// The timer starts within the measured call, so it cannot end early.
static long call_timerfd(struct waiter *waiter, uint64_t timeout_ns) {
    struct itimerspec time = {.it_value = timespec_of(timeout_ns)};
    timerfd_settime(waiter->fd, 0, &time, NULL);
    return read(waiter->fd, bytes, sizeof bytes);
}

// A terminal in raw mode, so that its line discipline passes each byte on.
static bool prepare_terminal(struct waiter *waiter) {
    waiter->peer = posix_openpt(O_RDWR | O_NOCTTY);
    if (waiter->peer < 0 || grantpt(waiter->peer) != 0 || unlockpt(waiter->peer) != 0) {
        return false;
    }
    waiter->fd = open(ptsname(waiter->peer), O_RDWR | O_NOCTTY);
    return waiter->fd >= 0;
}

static void release_line(struct waiter *waiter) {
    if (write(waiter->peer, "\n", 1) != 1) fail("write to a terminal");
}

static bool prepare_directory(struct waiter *waiter) {
    snprintf(waiter->path, sizeof waiter->path, "/tmp/ptarmigan-waits-XXXXXX");
    return mkdtemp(waiter->path) != NULL;
}

static bool prepare_inotify(struct waiter *waiter) {
    if (!prepare_directory(waiter)) return false;
    waiter->fd = inotify_init1(0);
    bool watched = inotify_add_watch(waiter->fd, waiter->path, IN_ATTRIB) >= 0;
    waiter->peer = open(waiter->path, O_RDONLY | O_DIRECTORY);
    rmdir(waiter->path);
    drain(waiter);
    return watched && waiter->peer >= 0;
}

static void release_inotify(struct waiter *waiter) { fchmod(waiter->peer, 0700); }

static bool prepare_fifo(struct waiter *waiter) {
    if (!prepare_directory(waiter)) return false;
    waiter->child = open(waiter->path, O_RDONLY | O_DIRECTORY);
    char name[80];
    snprintf(name, sizeof name, "%s/fifo", waiter->path);
    bool made = mkfifo(name, 0600) == 0;
    // Held by an O_PATH descriptor; its name goes at once, so that nothing is left behind.
    waiter->peer = open(name, O_PATH);
    unlink(name);
    rmdir(waiter->path);
    close(waiter->child);
    snprintf(waiter->path, sizeof waiter->path, "/proc/self/fd/%d", waiter->peer);
    return made;
}

static long call_open(struct waiter *waiter, uint64_t timeout_ns) {
    (void)timeout_ns;
    return waiter->fd = open(waiter->path, O_RDONLY);
}

// Stays open until settled, so that a reader that comes late is let in too.
static void release_open(struct waiter *waiter) { waiter->child = open(waiter->path, O_RDWR); }

static void settle_open(struct waiter *waiter) {
    close(waiter->child);
    if (waiter->fd >= 0) close(waiter->fd);
}

// Locks between two open file descriptions of one process

static bool prepare_file(struct waiter *waiter) {
    snprintf(waiter->path, sizeof waiter->path, "/tmp/ptarmigan-waits-XXXXXX");
    waiter->fd = mkstemp(waiter->path);
    waiter->peer = open(waiter->path, O_RDWR);
    unlink(waiter->path);
    return waiter->fd >= 0 && waiter->peer >= 0;
}

static void arm_flock(struct waiter *waiter, uint64_t timeout_ns) {
    (void)timeout_ns;
    flock(waiter->peer, LOCK_EX);
}

static long call_flock(struct waiter *waiter, uint64_t timeout_ns) {
    (void)timeout_ns;
    return flock(waiter->fd, LOCK_EX);
}

static void release_flock(struct waiter *waiter) { flock(waiter->peer, LOCK_UN); }

static void settle_flock(struct waiter *waiter) { flock(waiter->fd, LOCK_UN); }

static int lock(int fd, int command, short type) {
    struct flock range = {.l_type = type, .l_whence = SEEK_SET, .l_len = 1};
    return fcntl(fd, command, &range);
}

static void arm_description(struct waiter *waiter, uint64_t timeout_ns) {
    (void)timeout_ns;
    lock(waiter->peer, F_OFD_SETLK, F_WRLCK);
}

static long call_description(struct waiter *waiter, uint64_t timeout_ns) {
    (void)timeout_ns;
    return lock(waiter->fd, F_OFD_SETLKW, F_WRLCK);
}

static void release_description(struct waiter *waiter) {
    lock(waiter->peer, F_OFD_SETLK, F_UNLCK);
}

static void settle_description(struct waiter *waiter) { lock(waiter->fd, F_OFD_SETLK, F_UNLCK); }

// A process-wide lock: a child holds it, and is told by a byte to take it or to let it go.

static bool prepare_holder(struct waiter *waiter) {
    int pair[2];
    if (!prepare_file(waiter) || socketpair(AF_UNIX, SOCK_STREAM, 0, pair) != 0) return false;
    close(waiter->peer);
    waiter->peer = pair[0];
    if ((waiter->child = fork()) != 0) return waiter->child > 0;
    become_child();
    for (char order; read(pair[1], &order, 1) == 1;) {
        lock(waiter->fd, F_SETLKW, order == 'L' ? F_WRLCK : F_UNLCK);
        if (write(pair[1], &order, 1) != 1) break;
    }
    _exit(0);
}

static void command_holder(struct waiter *waiter, char order) {
    if (write(waiter->peer, &order, 1) != 1) fail("write to the holder of a lock");
    while (read(waiter->peer, &order, 1) != 1) {
    }
}

static void arm_holder(struct waiter *waiter, uint64_t timeout_ns) {
    (void)timeout_ns;
    command_holder(waiter, 'L');
}

static long call_setlkw(struct waiter *waiter, uint64_t timeout_ns) {
    (void)timeout_ns;
    return lock(waiter->fd, F_SETLKW, F_WRLCK);
}

static void release_holder(struct waiter *waiter) { command_holder(waiter, 'U'); }

static void settle_holder(struct waiter *waiter) { lock(waiter->fd, F_SETLK, F_UNLCK); }

// A child that ends when its pipe says so

static void arm_child(struct waiter *waiter, uint64_t timeout_ns) {
    (void)timeout_ns;
    if ((waiter->child = fork()) < 0) fail("fork");
    if (waiter->child > 0) return;
    become_child();
    char order[8];
    _exit(read(waiter->fd, order, sizeof order) > 0 ? 0 : 1);
}

static long call_wait4(struct waiter *waiter, uint64_t timeout_ns) {
    (void)timeout_ns;
    return waitpid(waiter->child, NULL, 0);
}

static long call_waitid(struct waiter *waiter, uint64_t timeout_ns) {
    (void)timeout_ns;
    siginfo_t info;
    return waitid(P_PID, (id_t)waiter->child, &info, WEXITED);
}

static void settle_child(struct waiter *waiter) {
    while (waitpid(waiter->child, NULL, 0) < 0 && errno == EINTR) {
    }
}

const struct wait file_waits[] = {
    {"read-pipe", prepare_pipe, NULL, call_read, release_write, drain, 8, 0, false, false},
    {"write-pipe", prepare_full_pipe, NULL, call_write, release_read, fill_pipe, sizeof bytes, 0,
     false, false},
    {"read-eventfd", prepare_eventfd, NULL, call_read, release_write, drain, 8, 0, false, false},
    {"read-timerfd", prepare_timerfd, NULL, call_timerfd, NULL, NULL, 8, 0, false, false},
    {"read-terminal", prepare_terminal, NULL, call_read, release_line, drain, ANY_POSITIVE, 0,
     false, true},
    {"read-inotify", prepare_inotify, NULL, call_read, release_inotify, drain, ANY_POSITIVE, 0,
     false, false},
    {"open-fifo", prepare_fifo, NULL, call_open, release_open, settle_open, ANY_POSITIVE, 0, false,
     false},
    {"flock", prepare_file, arm_flock, call_flock, release_flock, settle_flock, 0, 0, false, false},
    {"fcntl-ofd", prepare_file, arm_description, call_description, release_description,
     settle_description, 0, 0, false, false},
    {"fcntl", prepare_holder, arm_holder, call_setlkw, release_holder, settle_holder, 0, 0, false,
     true},
    {"wait4", prepare_pipe, arm_child, call_wait4, release_write, settle_child, ANY_POSITIVE, 0,
     false, true},
    {"waitid", prepare_pipe, arm_child, call_waitid, release_write, settle_child, 0, 0, false,
     true},
    {0},
};
