// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

// The shape of one interruptible wait; the tables are in waits-*.c, the loop in waits.c.

#ifndef WAITS_H
#define WAITS_H

#include <semaphore.h>

#include "target.h"
#include "uring.h"

#define ANY_POSITIVE INT64_MAX

struct waiter;

// A call that ends by its own timeout has no `release`; for the others a partner thread calls
// `release` when the time is up. `arm` runs before the clock starts, `settle` after the call, so
// that an interrupted round leaves nothing behind for the next.
struct wait {
    const char *name;
    bool (*prepare)(struct waiter *);
    void (*arm)(struct waiter *, uint64_t timeout_ns);
    long (*call)(struct waiter *, uint64_t timeout_ns);
    void (*release)(struct waiter *);
    void (*settle)(struct waiter *);
    int64_t expected;     // the result of an undisturbed call, or ANY_POSITIVE
    int expected_errno;   // when that is -1
    bool alternates;      // also used by an alternator thread with a timeout of 1 ms
    // Late by itself: timed by the kernel's timer wheel (to an eighth of the timeout), or released
    // through a child or a kernel thread that needs a CPU first.
    bool coarse;
};

struct waiter {
    const struct wait *wait;
    bool alternates;
    pthread_t thread;
    int fd, peer;           // what the call blocks on; what the partner uses
    pid_t child;
    uint32_t word;          // a futex
    sem_t semaphore;
    unsigned long context;  // io_setup
    char path[64];
    struct uring ring;
    // The partner: `go` starts its clock, `done` says that it has released.
    sem_t go, done;
    uint64_t due_ns, released_ns;
    // The verdict.
    bool finished;
    uint64_t calls, spurious, wrong, early;
    int64_t wrong_result;
    int wrong_errno;
    int schedstat;          // of its own thread
    struct histogram late, late_net;
};

// Each table ends with an empty entry.
extern const struct wait multiplex_waits[], socket_waits[], ipc_waits[], file_waits[];

#endif
