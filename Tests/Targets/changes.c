// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

// A program that computes and changes what it is: what a tracer may do with it, what it may do
// itself, whose it is, what it is called.
//
//   changes --act user|undumpable|filter|namespaces|name [--seconds N] [--every-ms N]
//
//   user        all ids become those of nobody, once; needs root
//   undumpable  PR_SET_DUMPABLE, off and on by turns
//   filter      a seccomp filter that allows everything, up to 20 of them
//   namespaces  new ones for mounts, names, System V IPC and the network, up to 10 times, with
//               another file system on /tmp; needs root
//   name        names with control characters, half a character of UTF-8, HTML, or nothing in them
//
// Each change is one round; `failed` counts those that the kernel refused.

#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <sys/mount.h>

#include "target.h"

#define NOBODY 65534

static bool change_user(uint64_t round) {
    return round > 0 || (setresgid(NOBODY, NOBODY, NOBODY) == 0 &&
                         setresuid(NOBODY, NOBODY, NOBODY) == 0);
}

static bool change_dumpable(uint64_t round) {
    return prctl(PR_SET_DUMPABLE, round % 2, 0, 0, 0) == 0;
}

static bool add_filter(uint64_t round) {
    static struct sock_filter code[] = {BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW)};
    struct sock_fprog program = {.len = 1, .filter = code};
    if (round >= 20) return true;
    return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
           prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
}

static bool leave_namespaces(uint64_t round) {
    if (round >= 10) return true;
    return unshare(CLONE_NEWNS | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWNET) == 0 &&
           mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0 &&
           mount("changes", "/tmp", "tmpfs", 0, "size=64k") == 0;
}

static bool change_name(uint64_t round) {
    static const char *const names[] = {"<b onload=x>", "\x1b[2J\r\n\t", "a\"b\\c{d=\"e\"}", "\xc3",
                                        "", ") R 1 1 1 (", "\xe2\x80\xae" "evil", "$(reboot)`x`"};
    return prctl(PR_SET_NAME, names[round % (sizeof names / sizeof *names)], 0, 0, 0) == 0;
}

static const struct {
    const char *name;
    bool (*change)(uint64_t round);
} acts[] = {{"user", change_user},
            {"undumpable", change_dumpable},
            {"filter", add_filter},
            {"namespaces", leave_namespaces},
            {"name", change_name}};

int main(int argc, char **argv) {
    double seconds = 10, every_ms = 20;
    const char *act = "name";
    const struct option_spec options[] = {
        {"--seconds", &seconds, NULL, NULL},
        {"--every-ms", &every_ms, NULL, NULL},
        {"--act", NULL, &act, NULL},
        {0},
    };
    parse_options(argc, argv, options);
    bool (*change)(uint64_t) = NULL;
    for (size_t i = 0; i < sizeof acts / sizeof *acts; i++) {
        if (strcmp(acts[i].name, act) == 0) change = acts[i].change;
    }
    if (change == NULL) {
        fprintf(stderr, "changes: no act is called '%s'\n", act);
        return 2;
    }
    hold_termination();
    uint64_t deadline = deadline_after(seconds), rounds = 0, failed = 0;
    announce_ready(getpid());
    while (!has_ended(deadline)) {
        compute_for((uint64_t)(every_ms * 1e6));
        failed += !change(rounds++);
    }
    struct json json = json_begin("changes");
    json_text(&json, "act", act);
    json_count(&json, "rounds", rounds);
    json_count(&json, "failed", failed);
    json_end();
    return 0;
}
