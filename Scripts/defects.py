# Copyright 2026 The Ptarmigan Authors
# SPDX-License-Identifier: Apache-2.0

"""What trials found wrong: the one part of docs/RELIABILITY.md that people write."""

# What was wrong; how it showed; what shows now that it is not so.
MENDED = (
    ("A program that was attached to in the middle of its exec was killed by the kernel's own "
     "SIGTRAP (method `attach`)",
     "196 of 200 programs",
     "`ClassicStopTests`, `make safety`"),
    ("Deadlines did not interrupt a wait for a thread that cannot stop: its bound was missing",
     "a test with a thread in vfork",
     "`StopEngineTests`, `TracerExecutorTests`"),
    ("A stop whose time was up at the moment of its wait kept the tracer in its timer's signals, "
     "with the thread stopped",
     "a busy host",
     "`DeadlineTimerTests`"),
    ("A seize and an exec of the same process waited for each other while an exit was not reaped",
     "reading the kernel, then a trial",
     "`SeizeWatchTests`, `make chaos` (ExecutesAgain)"),
    ("A tracer that had no CPU held its thread meanwhile",
     "1 of 150 visits on a full host: 20 to 60 ms",
     "`make bench` (holds)"),
    ("The end of a window failed waits with EINTR",
     "4 to 7 of 3,000 calls a loop",
     "`make safety-windows`"),
    ("A thread that was not stopped at the end of its tracer was not woken",
     "windows on waiting threads",
     "`make safety-windows`"),
    ("A tracer in SCHED_FIFO that looked without a pause was put aside by the kernel for 50 ms",
     "pauses of windows",
     "`make test-windows`"),
    ("A window that interrupted a thread just before its exec charged every later stop with all "
     "the time since",
     "windows of some ms on programs that exec",
     "`make test-windows`, `TracerWindowsTests`"),
    ("Threads that ran for a short time only were taken to be idle",
     "11 points of a share",
     "`make test-record`, `make accuracy`"),
    ("Frames had the names of a library that had been loaded at the same address before",
     "a program that loads and unloads",
     "`make test-record`"),
    ("Floods of requests took the CPU time that sampling needs",
     "1.2 visits a second beside three compilers",
     "`make test-web`"),
    ("A counter of the agent's CPU time fell when a request turned out to be sampling's",
     "two scrapes of one life",
     "`AgentCPUBudgetTests`, `make chaos`"),
    ("The agent's own signal to its canary, late on a busy host, was taken for harm: a critical "
     "alert",
     "1 to 9 in two minutes of 20 agents on two CPUs",
     "`CanaryTests`, `make test-fleet`"),
    ("`record -o /dev/null` as root put a file in the device's place",
     "a trial of outputs",
     "`RecordingOutputTests`"),
    ("Before Linux 5.3 no interrupted wait was repaired, and `syscalls` counted nothing without "
     "a word",
     "over 300 waits in 4 s, with the look off as well",
     "`make test-safety`, `make test-kernels`"),
    ("A client whose request was refused at once said that the agent had ended",
     "2 of 20 refusals",
     "`AdminClientTests`"),
)
# What the kernel does, and nobody outside of it can mend.
OPEN = (
    ("An agent that is stopped (SIGSTOP) in the midst of a visit holds one thread until it goes "
     "on or ends",
     "`make chaos` (StoppedInVisit) measures for how long"),
    ("Without CAP_SYS_PTRACE an exec of a set-user-ID program that meets a visit has no "
     "privileges: 19 of 9,001 at 99 Hz of a program that does nothing else; none with the "
     "capability",
     "[IMPACT.md](IMPACT.md#programs-with-seccomp-other-privileges-forks-and-execs)"),
    ("An `io_uring_enter` that submits and waits, and meets a stop in its wait, says what it has "
     "submitted and does not wait on: 8 of 9,367 on a full host, 876 under a visitor that does not "
     "look",
     "`make reliability PART=transfers`"),
)
