// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

// The least of io_uring(7) by raw system calls: one ring, one entry submitted at a time.

#ifndef URING_H
#define URING_H

#include <linux/io_uring.h>
#include <stdatomic.h>
#include <sys/mman.h>

#include "target.h"

struct uring {
    int fd;
    _Atomic unsigned *submit_tail, *complete_head, *complete_tail;
    unsigned submit_mask, complete_mask;
    unsigned *submit_array;
    struct io_uring_sqe *entries;
    struct io_uring_cqe *completions;
};

// False where the kernel lacks or forbids io_uring.
static inline bool uring_open(struct uring *ring, unsigned depth) {
    struct io_uring_params parameters = {0};
    ring->fd = (int)syscall(SYS_io_uring_setup, depth, &parameters);
    if (ring->fd < 0 || !(parameters.features & IORING_FEAT_SINGLE_MMAP)) return false;
    size_t submit = parameters.sq_off.array + parameters.sq_entries * sizeof(unsigned);
    size_t complete =
        parameters.cq_off.cqes + parameters.cq_entries * sizeof(struct io_uring_cqe);
    char *base = mmap(NULL, submit > complete ? submit : complete, PROT_READ | PROT_WRITE,
                      MAP_SHARED | MAP_POPULATE, ring->fd, IORING_OFF_SQ_RING);
    ring->entries = mmap(NULL, parameters.sq_entries * sizeof(struct io_uring_sqe),
                         PROT_READ | PROT_WRITE, MAP_SHARED | MAP_POPULATE, ring->fd,
                         IORING_OFF_SQES);
    if (base == MAP_FAILED || ring->entries == MAP_FAILED) return false;
    ring->submit_tail = (_Atomic unsigned *)(base + parameters.sq_off.tail);
    ring->submit_mask = *(unsigned *)(base + parameters.sq_off.ring_mask);
    ring->submit_array = (unsigned *)(base + parameters.sq_off.array);
    ring->complete_head = (_Atomic unsigned *)(base + parameters.cq_off.head);
    ring->complete_tail = (_Atomic unsigned *)(base + parameters.cq_off.tail);
    ring->complete_mask = *(unsigned *)(base + parameters.cq_off.ring_mask);
    ring->completions = (struct io_uring_cqe *)(base + parameters.cq_off.cqes);
    return true;
}

// Puts one entry in the queue; the kernel sees it at the next io_uring_enter.
static inline void uring_queue(struct uring *ring, const struct io_uring_sqe *entry) {
    unsigned tail = atomic_load_explicit(ring->submit_tail, memory_order_relaxed);
    unsigned slot = tail & ring->submit_mask;
    ring->entries[slot] = *entry;
    ring->submit_array[slot] = slot;
    atomic_store_explicit(ring->submit_tail, tail + 1, memory_order_release);
}

static inline long uring_enter(struct uring *ring, unsigned submit, unsigned complete) {
    unsigned flags = complete > 0 ? IORING_ENTER_GETEVENTS : 0;
    return syscall(SYS_io_uring_enter, ring->fd, submit, complete, flags, NULL, 0);
}

// Takes one completion if there is one.
static inline bool uring_take(struct uring *ring, int *result) {
    unsigned head = atomic_load_explicit(ring->complete_head, memory_order_relaxed);
    if (head == atomic_load_explicit(ring->complete_tail, memory_order_acquire)) return false;
    *result = ring->completions[head & ring->complete_mask].res;
    atomic_store_explicit(ring->complete_head, head + 1, memory_order_release);
    return true;
}

#endif
