// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

// The baseline: stops every thread of a process at a rate, reads its registers and lets it go, with
// no look at what the thread is doing and no repair of what the stop did. It makes the other
// programs of this folder fail, which shows that they can.
//
//   naive-visitor --pid PID [--rate HZ] [--seconds N] [--method seize|attach] [--children]
//                 [--hold-all] [--pass-signals] [--peek] [--gap-us N]
//                 [--die-at POINT [--die-after VISITS]]
//
// --children      also the descendants of PID, as they come and go
// --hold-all      stop all threads of a process before the first is let go, as debuggers do
// --pass-signals  at a signal-delivery-stop, detach with that signal; else it is lost
// --peek          wait with WNOWAIT, so that a stop is not consumed (an exit is)
// --gap-us        wait between seize and interrupt: the only time in which a signal can come first
// --die-at        end by SIGKILL at: seized, interrupted, stopped, registers, or at a
//                 signal-delivery-stop: signal

#include <dirent.h>
#include <elf.h>
#include <fcntl.h>
#include <sys/ptrace.h>
#include <sys/uio.h>
#include <sys/wait.h>

#include "target.h"

struct visitor {
    bool attach, children, hold_all, pass_signals, peek;
    const char *die_at;
    uint64_t die_after, gap_ns;
    uint64_t rounds, visits, refused, vanished, signal_stops;
    struct histogram held;
};

static volatile sig_atomic_t stopping;
static void stop(int number) { (void)number, stopping = 1; }

static void die_if_at(const struct visitor *visitor, const char *point) {
    if (visitor->die_at == NULL || visitor->visits < visitor->die_after) return;
    if (strcmp(visitor->die_at, point) == 0) kill(getpid(), SIGKILL);
}

// The number of the signal that the thread stopped with, 0 for our own stop, -1 when it is gone.
static int wait_for_stop(const struct visitor *visitor, pid_t tid) {
    int signal_number, event;
    if (visitor->peek) {
        siginfo_t info = {0};
        if (waitid(P_PID, (id_t)tid, &info, WSTOPPED | WEXITED | WNOWAIT | __WALL) != 0) return -1;
        if (info.si_code != CLD_TRAPPED && info.si_code != CLD_STOPPED) {
            // An exit must be consumed: a traced zombie keeps its process from ending.
            waitpid(tid, NULL, __WALL | WNOHANG);
            return -1;
        }
        signal_number = info.si_status & 0xff;
        event = info.si_status >> 8;
    } else {
        int status;
        if (waitpid(tid, &status, __WALL) != tid || !WIFSTOPPED(status)) return -1;
        signal_number = WSTOPSIG(status);
        event = status >> 16;
    }
    bool ours = visitor->attach ? signal_number == SIGSTOP : event != 0;
    return ours ? 0 : signal_number;
}

struct held { pid_t tid; int signal_number; uint64_t since_ns; };

static bool hold(struct visitor *visitor, pid_t tid, struct held *held) {
    struct user_regs { unsigned long values[128]; } registers;
    struct iovec vector = {.iov_base = &registers, .iov_len = sizeof registers};
    *held = (struct held){.tid = tid, .since_ns = now_ns()};
    if (ptrace(visitor->attach ? PTRACE_ATTACH : PTRACE_SEIZE, tid, NULL, NULL) != 0) {
        visitor->refused++;
        return false;
    }
    die_if_at(visitor, "seized");
    if (visitor->gap_ns > 0) sleep_until(now_ns() + visitor->gap_ns);
    if (!visitor->attach) ptrace(PTRACE_INTERRUPT, tid, NULL, NULL);
    die_if_at(visitor, "interrupted");
    held->signal_number = wait_for_stop(visitor, tid);
    if (held->signal_number < 0) {
        visitor->vanished++;
        return false;
    }
    if (held->signal_number > 0) {
        visitor->signal_stops++;
        die_if_at(visitor, "signal");
    }
    die_if_at(visitor, "stopped");
    ptrace(PTRACE_GETREGSET, tid, (void *)NT_PRSTATUS, &vector);
    die_if_at(visitor, "registers");
    return true;
}

static void let_go(struct visitor *visitor, const struct held *held) {
    long signal_number = visitor->pass_signals ? held->signal_number : 0;
    ptrace(PTRACE_DETACH, held->tid, NULL, signal_number);
    visitor->visits++;
    histogram_add(&visitor->held, now_ns() - held->since_ns);
}

static void visit_process(struct visitor *visitor, pid_t pid, int depth);

static void visit_children(struct visitor *visitor, pid_t pid, pid_t tid, int depth) {
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/task/%d/children", (int)pid, (int)tid);
    FILE *file = fopen(path, "r");
    if (file == NULL) return;
    for (int child; fscanf(file, "%d", &child) == 1;) visit_process(visitor, child, depth);
    fclose(file);
}

static void visit_process(struct visitor *visitor, pid_t pid, int depth) {
    enum { MAXIMUM_HELD = 1024 };
    struct held held[MAXIMUM_HELD];
    size_t count = 0;
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/task", (int)pid);
    DIR *directory = opendir(path);
    if (directory == NULL) return;
    for (struct dirent *entry; (entry = readdir(directory)) != NULL && !stopping;) {
        pid_t tid = (pid_t)strtol(entry->d_name, NULL, 10);
        if (tid <= 0) continue;
        if (count < MAXIMUM_HELD && hold(visitor, tid, &held[count])) count++;
        if (!visitor->hold_all && count > 0) let_go(visitor, &held[--count]);
        if (visitor->children && depth < 8) visit_children(visitor, pid, tid, depth + 1);
    }
    closedir(directory);
    while (count > 0) let_go(visitor, &held[--count]);
}

static void report(const struct visitor *visitor, double lasted) {
    struct json json = json_begin("naive-visitor");
    json_number(&json, "rounds_per_second", (double)visitor->rounds / lasted);
    json_count(&json, "visits", visitor->visits);
    json_count(&json, "refused", visitor->refused);
    json_count(&json, "vanished", visitor->vanished);
    json_count(&json, "signal_stops", visitor->signal_stops);
    json_histogram(&json, "held_ns", &visitor->held);
    json_end();
}

int main(int argc, char **argv) {
    double pid = 0, rate = 99, seconds = 0, die_after = 0, gap_us = 0;
    const char *method = "seize";
    static struct visitor visitor;
    const struct option_spec options[] = {
        {"--pid", &pid, NULL, NULL},
        {"--rate", &rate, NULL, NULL},
        {"--seconds", &seconds, NULL, NULL},
        {"--method", NULL, &method, NULL},
        {"--children", NULL, NULL, &visitor.children},
        {"--hold-all", NULL, NULL, &visitor.hold_all},
        {"--pass-signals", NULL, NULL, &visitor.pass_signals},
        {"--peek", NULL, NULL, &visitor.peek},
        {"--gap-us", &gap_us, NULL, NULL},
        {"--die-at", NULL, &visitor.die_at, NULL},
        {"--die-after", &die_after, NULL, NULL},
        {0},
    };
    parse_options(argc, argv, options);
    if (pid < 2 || rate <= 0) {
        fprintf(stderr, "naive-visitor: needs --pid PID and a --rate above 0\n");
        return 2;
    }
    visitor.attach = strcmp(method, "attach") == 0;
    visitor.die_after = (uint64_t)die_after;
    visitor.gap_ns = (uint64_t)(gap_us * 1e3);
    // Without SA_RESTART: a wait for a thread that does not stop ends too.
    struct sigaction action = {.sa_handler = stop};
    sigaction(SIGTERM, &action, NULL);
    sigaction(SIGINT, &action, NULL);
    uint64_t begin = now_ns(), deadline = deadline_after(seconds), next = begin;
    while (!stopping && now_ns() < deadline && kill((pid_t)pid, 0) == 0) {
        visit_process(&visitor, (pid_t)pid, 0);
        visitor.rounds++;
        next += (uint64_t)(1e9 / rate);
        uint64_t now = now_ns();
        if (next < now) next = now;  // too slow for the rate: no catching up
        struct timespec until = timespec_of(next);
        clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, NULL);
    }
    report(&visitor, (double)(now_ns() - begin) / 1e9);
    return 0;
}
