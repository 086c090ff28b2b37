// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

// Queued real-time signals to a busy process: each must arrive once and in order.
//
//   signals [--signals N] [--rate PER_SECOND] [--seconds N] [--threads N] [--hold]
//
// A child sends N numbered signals with sigqueue(3), or fewer if SIGTERM comes first: at once, or
// with `--hold` as soon as it gets SIGUSR1 (the second number of the `ready` line is its pid). The
// main thread computes and takes them in a handler; the other threads compute with the signal
// blocked. `--seconds` bounds the wait for stragglers, not the sending.

#include <stdatomic.h>
#include <sys/mman.h>
#include <sys/wait.h>

#include "target.h"

#define SIGNAL (SIGRTMIN + 4)

static uint32_t *arrivals;  // the values in the order of their arrival
static uint32_t capacity;
static _Atomic uint32_t arrived;
static _Atomic uint32_t *sent;  // shared with the sender

static void take(int number, siginfo_t *info, void *context) {
    (void)number, (void)context;
    uint32_t at = arrived;
    if (at < capacity) arrivals[at] = (uint32_t)info->si_value.sival_int;
    arrived = at + 1;
}

// Runs in the child, until SIGTERM or the last signal. A full queue (RLIMIT_SIGPENDING) is waited
// for, as a sender has to.
static int send_all(pid_t receiver, uint32_t count, double rate) {
    uint64_t start = now_ns();
    bool refused = false;
    while (*sent < count && !has_ended(UINT64_MAX)) {
        sleep_until(start + (uint64_t)((double)*sent * 1e9 / rate));
        union sigval value = {.sival_int = (int)*sent};
        if (sigqueue(receiver, SIGNAL, value) == 0) {
            ++*sent;
            continue;
        }
        if (errno != EAGAIN) return 1;
        refused = true;
        sleep_until(now_ns() + MILLISECOND);
    }
    return refused ? 2 : 0;
}

static void *compute_for_ever(void *argument) {
    (void)argument;
    for (;;) compute_for(MILLISECOND);
    return NULL;
}

static void report(uint32_t count, uint64_t started, int status) {
    uint64_t lost = 0, duplicated = 0, reordered = 0, foreign = 0;
    uint32_t received = arrived, highest = 0;
    uint8_t *seen = calloc(count + 1, 1);
    if (seen == NULL) fail("calloc");
    for (uint32_t i = 0; i < received && i < capacity; i++) {
        uint32_t value = arrivals[i];
        if (value >= count) {
            foreign++;
            continue;
        }
        if (seen[value] != 0) duplicated++;
        else if (value < highest) reordered++;
        seen[value] = 1;
        if (value > highest) highest = value;
    }
    for (uint32_t i = 0; i < count; i++) lost += seen[i] == 0;
    struct json json = json_begin("signals");
    json_count(&json, "sent", count);
    json_count(&json, "received", received);
    json_count(&json, "lost", lost);
    json_count(&json, "duplicated", duplicated);
    json_count(&json, "reordered", reordered);
    json_count(&json, "foreign", foreign);
    json_count(&json, "sender_status", (uint64_t)WEXITSTATUS(status));
    json_number(&json, "seconds", (double)(now_ns() - started) / 1e9);
    json_end();
}

int main(int argc, char **argv) {
    double signals = 20000, rate = 2000, seconds = 10, threads = 0;
    bool hold = false;
    const struct option_spec options[] = {
        {"--signals", &signals, NULL, NULL}, {"--rate", &rate, NULL, NULL},
        {"--seconds", &seconds, NULL, NULL}, {"--threads", &threads, NULL, NULL},
        {"--hold", NULL, NULL, &hold},       {0},
    };
    parse_options(argc, argv, options);
    hold_termination();
    uint32_t count = (uint32_t)signals;
    capacity = count * 2;
    if ((arrivals = calloc(capacity, sizeof *arrivals)) == NULL) fail("calloc");

    sent = mmap(NULL, sizeof *sent, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (sent == MAP_FAILED) fail("mmap");

    sigset_t blocked, before;
    sigemptyset(&blocked);
    sigaddset(&blocked, SIGNAL);
    sigaddset(&blocked, SIGUSR1);
    sigprocmask(SIG_BLOCK, &blocked, &before);
    pid_t receiver = getpid(), sender = fork();
    if (sender < 0) fail("fork");
    if (sender == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        sigset_t start;
        sigemptyset(&start);
        sigaddset(&start, SIGUSR1);
        while (hold && sigwaitinfo(&start, NULL) < 0) {
        }
        _exit(send_all(receiver, count, rate));
    }
    for (int i = 0; i < (int)threads; i++) start_thread(compute_for_ever, NULL);
    struct sigaction action = {.sa_sigaction = take, .sa_flags = SA_SIGINFO | SA_RESTART};
    sigaction(SIGNAL, &action, NULL);
    sigprocmask(SIG_SETMASK, &before, NULL);

    uint64_t started = now_ns();
    int status = 0;
    printf("ready %d %d\n", (int)receiver, (int)sender);
    fflush(stdout);
    while (waitpid(sender, &status, WNOHANG) == 0) {
        compute_for(MILLISECOND);
        if (has_ended(UINT64_MAX)) kill(sender, SIGTERM);
    }
    uint64_t deadline = deadline_after(seconds);
    while (now_ns() < deadline && arrived < *sent) compute_for(MILLISECOND);
    // Time for a duplicate to come after the last one.
    compute_for(50 * MILLISECOND);
    report(*sent, started, status);
    return 0;
}
