// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

// One kind of transfer in a loop. A call that moved less than it was asked for, without the end of
// a file, is short: a program that does not ask again has lost the rest.
//
//   transfers --loop NAME [--seconds N] [--mix PERCENT] [--bytes N]
//
// --mix: the share of the time that the thread computes in user code between two transfers.
// Alone on the machine no loop here sees a short count; splice(2) and vmsplice(2), which may move
// less whenever they like, are left out for that reason.

#include <fcntl.h>
#include <sys/random.h>
#include <sys/sendfile.h>
#include <sys/socket.h>

#include "target.h"
#include "uring.h"

struct transfer {
    int fd, peer;          // the end that is measured, the end that a helper thread serves
    int file;              // an unlinked file, where one is needed
    size_t bytes;          // asked of each call
    char *buffer;
    struct uring ring;
};

struct loop {
    const char *name;
    bool (*prepare)(struct transfer *);
    void *(*helper)(void *);            // the other side
    ssize_t (*call)(struct transfer *);
};

static bool open_device(struct transfer *transfer) {
    transfer->fd = open("/dev/zero", O_RDONLY);
    return transfer->fd >= 0;
}

static bool open_file(struct transfer *transfer) {
    char path[] = "/tmp/ptarmigan-transfers-XXXXXX";
    transfer->file = mkstemp(path);
    unlink(path);
    return pwrite(transfer->file, transfer->buffer, transfer->bytes, 0) ==
           (ssize_t)transfer->bytes;
}

// Measured end: the writer of the pipe.
static bool open_pipe(struct transfer *transfer) {
    int ends[2];
    if (pipe(ends) != 0) return false;
    transfer->fd = ends[1];
    transfer->peer = ends[0];
    return true;
}

static bool open_sockets(struct transfer *transfer) {
    int pair[2];
    if (socketpair(AF_UNIX, SOCK_STREAM, 0, pair) != 0) return false;
    transfer->fd = pair[0];
    transfer->peer = pair[1];
    return true;
}

static bool open_file_and_sockets(struct transfer *transfer) {
    return open_file(transfer) && open_sockets(transfer);
}

static bool open_ring(struct transfer *transfer) { return uring_open(&transfer->ring, 4); }

static void *drain(void *argument) {
    struct transfer *transfer = argument;
    static char sink[1 << 16];
    while (read(transfer->peer, sink, sizeof sink) != 0) {
    }
    return NULL;
}

static void *feed(void *argument) {
    struct transfer *transfer = argument;
    static const char source[1 << 16];
    while (send(transfer->peer, source, sizeof source, MSG_NOSIGNAL) > 0 || errno == EINTR) {
    }
    return NULL;
}

static ssize_t read_device(struct transfer *transfer) {
    return read(transfer->fd, transfer->buffer, transfer->bytes);
}

static ssize_t get_random(struct transfer *transfer) {
    return getrandom(transfer->buffer, transfer->bytes, 0);
}

static ssize_t write_all(struct transfer *transfer) {
    return write(transfer->fd, transfer->buffer, transfer->bytes);
}

static ssize_t receive_all(struct transfer *transfer) {
    return recv(transfer->fd, transfer->buffer, transfer->bytes, MSG_WAITALL);
}

static ssize_t send_file(struct transfer *transfer) {
    off_t offset = 0;
    return sendfile(transfer->fd, transfer->file, &offset, transfer->bytes);
}

static ssize_t read_file(struct transfer *transfer) {
    return pread(transfer->file, transfer->buffer, transfer->bytes, 0);
}

static ssize_t write_file(struct transfer *transfer) {
    return pwrite(transfer->file, transfer->buffer, transfer->bytes, 0);
}

// Submits a timer of 1 ms and waits for it in the same call. It counts as short where the call
// came back without the completion it was to wait for; the "bytes" are then nominal.
static ssize_t submit_and_wait(struct transfer *transfer) {
    static struct __kernel_timespec time = {.tv_nsec = 1000000};
    struct io_uring_sqe timer = {.opcode = IORING_OP_TIMEOUT,
                                 .fd = -1,
                                 .addr = (uint64_t)(uintptr_t)&time,
                                 .len = 1};
    int result;
    uring_queue(&transfer->ring, &timer);
    long submitted = uring_enter(&transfer->ring, 1, 1);
    if (submitted < 0) return -1;
    if (uring_take(&transfer->ring, &result)) return (ssize_t)transfer->bytes;
    do {
        uring_enter(&transfer->ring, 0, 1);
    } while (!uring_take(&transfer->ring, &result));
    return 0;
}

static const struct loop loops[] = {
    {"zero-read", open_device, NULL, read_device},
    {"getrandom", NULL, NULL, get_random},
    {"pipe-write", open_pipe, drain, write_all},
    {"socket-write", open_sockets, drain, write_all},
    {"recv-waitall", open_sockets, feed, receive_all},
    {"sendfile", open_file_and_sockets, drain, send_file},
    {"uring-wait", open_ring, NULL, submit_and_wait},
    {"file-read", open_file, NULL, read_file},
    {"file-write", open_file, NULL, write_file},
    {0},
};

struct counts { uint64_t calls, shorts, interrupted, failed, lost_bytes; };

static struct counts run(const struct loop *loop, struct transfer *transfer, double mix,
                         uint64_t deadline) {
    struct counts counts = {0};
    while (!has_ended(deadline)) {
        uint64_t start = now_ns();
        ssize_t moved = loop->call(transfer);
        uint64_t spent = now_ns() - start;
        counts.calls++;
        if (moved < 0) {
            if (errno == EINTR) counts.interrupted++;
            else counts.failed++;
        } else if ((size_t)moved < transfer->bytes) {
            counts.shorts++;
            counts.lost_bytes += transfer->bytes - (size_t)moved;
        }
        if (mix > 0) compute_for((uint64_t)((double)spent * mix / (100 - mix)));
    }
    return counts;
}

int main(int argc, char **argv) {
    double seconds = 10, mix = 0, bytes = 1 << 20;
    const char *name = "zero-read";
    const struct option_spec options[] = {
        {"--seconds", &seconds, NULL, NULL}, {"--mix", &mix, NULL, NULL},
        {"--bytes", &bytes, NULL, NULL},     {"--loop", NULL, &name, NULL},
        {0},
    };
    parse_options(argc, argv, options);
    const struct loop *loop = loops;
    while (loop->name != NULL && strcmp(loop->name, name) != 0) loop++;
    if (loop->name == NULL || mix < 0 || mix > 95 || bytes < 1) {
        fprintf(stderr, "transfers: --mix is 0 to 95; loops are:");
        for (loop = loops; loop->name != NULL; loop++) fprintf(stderr, " %s", loop->name);
        fprintf(stderr, "\n");
        return 2;
    }
    hold_termination();
    struct transfer transfer = {.bytes = (size_t)bytes, .buffer = calloc(1, (size_t)bytes)};
    if (transfer.buffer == NULL) fail("calloc");
    if (loop->prepare != NULL && !loop->prepare(&transfer)) fail(loop->name);
    if (loop->helper != NULL) start_thread(loop->helper, &transfer);
    announce_ready(getpid());
    struct counts counts = run(loop, &transfer, mix, deadline_after(seconds));
    struct json json = json_begin("transfers");
    json_text(&json, "loop", name);
    json_count(&json, "calls", counts.calls);
    json_count(&json, "short", counts.shorts);
    json_count(&json, "interrupted", counts.interrupted);
    json_count(&json, "failed", counts.failed);
    json_count(&json, "lost_bytes", counts.lost_bytes);
    json_end();
    return 0;
}
