// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

// One thread in each interruptible wait, with timeouts of 0.3 to 2 s; and alternators, which
// compute and then wait 1 ms, so that a stop meets them between the two.
//
//   waits [--seconds N] [--only NAME,...] [--kind all|long|alternators] [--compute-us N]
//         [--seed N]
//
// No wait here may fail: `spurious` counts EINTR that no handler caused, `wrong` other results,
// `early` and `late` compare the end of a wait with its time. `late_net_ns` leaves out the time
// that the thread was ready but had no CPU: a busy machine is not mistaken for a stretched wait.

#include <fcntl.h>
#include <sched.h>

#include "waits.h"

static const struct wait *const tables[] = {multiplex_waits, socket_waits, ipc_waits, file_waits};
#define MAXIMUM_WAITERS 128

static struct waiter *waiters[MAXIMUM_WAITERS];
static size_t waiter_count;
static atomic_bool stopping;
static double compute_us = 200, seed = 1;

static void *partner_loop(void *argument) {
    struct waiter *waiter = argument;
    for (;;) {
        while (sem_wait(&waiter->go) != 0) {
        }
        if (waiter->due_ns == 0) return NULL;
        sleep_until(waiter->due_ns);
        waiter->released_ns = now_ns();
        waiter->wait->release(waiter);
        sem_post(&waiter->done);
    }
}

static void judge(struct waiter *waiter, int64_t result, int error, uint64_t end,
                  uint64_t delayed_ns) {
    const struct wait *wait = waiter->wait;
    bool expected = wait->expected == ANY_POSITIVE ? result > 0 : result == wait->expected;
    if (expected && result == -1) expected = error == wait->expected_errno;
    bool early = end < waiter->due_ns;
    waiter->calls++;
    if (result == -1 && error == EINTR && (!expected || early)) {
        waiter->spurious++;
    } else if (!expected) {
        waiter->wrong++;
        waiter->wrong_result = result;
        waiter->wrong_errno = error;
    } else if (early) {
        waiter->early++;
    } else {
        uint64_t due = waiter->due_ns;
        if (waiter->wait->release != NULL && waiter->released_ns > due) due = waiter->released_ns;
        uint64_t late = end > due ? end - due : 0;
        histogram_add(&waiter->late, late);
        histogram_add(&waiter->late_net, late > delayed_ns ? late - delayed_ns : 0);
    }
}

static void *wait_loop(void *argument) {
    struct waiter *waiter = argument;
    const struct wait *wait = waiter->wait;
    uint64_t random = 0x9e3779b97f4a7c15ull * (uint64_t)seed;
    for (const char *at = wait->name; *at != 0; at++) random = random * 31 + (uint64_t)*at;
    waiter->thread = pthread_self();
    waiter->schedstat = open("/proc/thread-self/schedstat", O_RDONLY);
    while (!stopping) {
        uint64_t timeout = MILLISECOND;
        if (waiter->alternates) compute_for((uint64_t)(compute_us * 1e3));
        else timeout = (300 + random_next(&random) % 1700) * MILLISECOND;
        if (wait->arm != NULL) wait->arm(waiter, timeout);
        uint64_t delayed = run_delay_ns(waiter->schedstat);
        waiter->due_ns = now_ns() + timeout;
        if (wait->release != NULL) sem_post(&waiter->go);
        errno = 0;
        int64_t result = wait->call(waiter, timeout);
        int error = errno;
        uint64_t end = now_ns();
        delayed = run_delay_ns(waiter->schedstat) - delayed;
        while (wait->release != NULL && sem_wait(&waiter->done) != 0) {
        }
        judge(waiter, result, error, end, delayed);
        if (wait->settle != NULL) wait->settle(waiter);
    }
    waiter->due_ns = 0;
    sem_post(&waiter->go);
    __atomic_store_n(&waiter->finished, true, __ATOMIC_RELEASE);
    return NULL;
}

static bool add_waiter(const struct wait *wait, bool alternates) {
    struct waiter *waiter = calloc(1, sizeof *waiter);
    if (waiter == NULL || waiter_count == MAXIMUM_WAITERS) fail("too many waits");
    waiter->wait = wait;
    waiter->alternates = alternates;
    sem_init(&waiter->go, 0, 0);
    sem_init(&waiter->done, 0, 0);
    if (wait->prepare != NULL && !wait->prepare(waiter)) {
        free(waiter);
        return false;
    }
    waiters[waiter_count++] = waiter;
    return true;
}

static void report_waiter(struct json *json, const struct waiter *waiter) {
    json_item(json);
    json_text(json, "name", waiter->wait->name);
    json_text(json, "kind", waiter->alternates ? "alternator" : "long");
    json_text(json, "timer", waiter->wait->coarse ? "coarse" : "fine");
    json_count(json, "calls", waiter->calls);
    json_count(json, "spurious", waiter->spurious);
    json_count(json, "wrong", waiter->wrong);
    json_count(json, "early", waiter->early);
    json_count(json, "stuck", waiter->finished ? 0 : 1);
    if (waiter->wrong > 0) {
        json_number(json, "wrong_result", (double)waiter->wrong_result);
        json_text(json, "wrong_error", strerrorname_np(waiter->wrong_errno));
    }
    json_histogram(json, "late_ns", &waiter->late);
    json_histogram(json, "late_net_ns", &waiter->late_net);
    json_close(json, '}');
}

static void report(const char *missing) {
    struct json json = json_begin("waits");
    static struct histogram late[2][2], net[2][2];
    uint64_t calls = 0, spurious = 0, wrong = 0, early = 0, stuck = 0;
    json_open(&json, "waits", '[');
    for (size_t i = 0; i < waiter_count; i++) {
        const struct waiter *waiter = waiters[i];
        calls += waiter->calls;
        spurious += waiter->spurious;
        wrong += waiter->wrong;
        early += waiter->early;
        stuck += waiter->finished ? 0 : 1;
        bool alternates = waiter->alternates, coarse = waiter->wait->coarse;
        histogram_merge(&late[alternates][coarse], &waiter->late);
        histogram_merge(&net[alternates][coarse], &waiter->late_net);
        report_waiter(&json, waiter);
    }
    json_close(&json, ']');
    json_text(&json, "missing", missing);
    json_count(&json, "calls", calls);
    json_count(&json, "spurious", spurious);
    json_count(&json, "wrong", wrong);
    json_count(&json, "early", early);
    json_count(&json, "stuck", stuck);
    static const char *const groups[2][2] = {{"long", "long_coarse"},
                                             {"alternators", "alternators_coarse"}};
    for (int kind = 0; kind < 4; kind++) {
        json_open(&json, groups[kind / 2][kind % 2], '{');
        json_histogram(&json, "late_ns", &late[kind / 2][kind % 2]);
        json_histogram(&json, "late_net_ns", &net[kind / 2][kind % 2]);
        json_close(&json, '}');
    }
    json_end();
}

// The longest wait is 2 s; a thread that is still out after 5 s was forgotten by the kernel.
static void finish(void) {
    stopping = true;
    uint64_t patience = now_ns() + 5 * NANOSECONDS;
    for (size_t i = 0; i < waiter_count; i++) {
        while (!__atomic_load_n(&waiters[i]->finished, __ATOMIC_ACQUIRE) && now_ns() < patience) {
            sleep_until(now_ns() + 10 * MILLISECOND);
        }
    }
}

int main(int argc, char **argv) {
    double seconds = 10;
    const char *only = NULL, *kind = "all";
    static char missing[1024];
    const struct option_spec options[] = {
        {"--seconds", &seconds, NULL, NULL}, {"--compute-us", &compute_us, NULL, NULL},
        {"--seed", &seed, NULL, NULL},       {"--only", NULL, &only, NULL},
        {"--kind", NULL, &kind, NULL},       {0},
    };
    parse_options(argc, argv, options);
    hold_termination();
    // System V objects outlive a process that is killed, but not its namespace. Best effort.
    unshare(CLONE_NEWIPC);
    for (size_t table = 0; table < sizeof tables / sizeof *tables; table++) {
        for (const struct wait *wait = tables[table]; wait->name != NULL; wait++) {
            bool added = true;
            if (!list_holds(only, wait->name)) continue;
            if (strcmp(kind, "alternators") != 0) added &= add_waiter(wait, false);
            if (strcmp(kind, "long") != 0 && wait->alternates) added &= add_waiter(wait, true);
            if (added) continue;
            strncat(missing, wait->name, sizeof missing - strlen(missing) - 2);
            strcat(missing, " ");
        }
    }
    if (waiter_count == 0) {
        fprintf(stderr, "waits: no wait is called '%s'\n", only == NULL ? kind : only);
        return 2;
    }
    for (size_t i = 0; i < waiter_count; i++) {
        start_thread(wait_loop, waiters[i]);
        if (waiters[i]->wait->release != NULL) start_thread(partner_loop, waiters[i]);
    }
    uint64_t deadline = deadline_after(seconds);
    announce_ready(getpid());
    wait_for_end(deadline);
    finish();
    report(missing);
    return 0;
}
