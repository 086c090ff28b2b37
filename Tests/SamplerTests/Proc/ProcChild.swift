// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import Profiles
import Testing

@testable import Sampler

/// A child of the tests; it is killed and collected when the value ends.
///
/// Its standard input is a pipe that nobody writes to, so a program that reads it waits.
struct ProcChild: ~Copyable {
    let process: ProcessID
    private let input: Int32
    private var isCollected = false

    var leader: ThreadID { ThreadID(leaderOf: process) }

    /// Starts a program, found in `PATH`, with the given environment; returns when it is mapped.
    init(_ arguments: [String], environment: [String] = ["PATH=/usr/bin:/bin"]) throws {
        var ends: [Int32] = [-1, -1]
        try #require(pipe(&ends) == 0)
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        posix_spawn_file_actions_adddup2(&actions, ends[0], 0)
        defer { posix_spawn_file_actions_destroy(&actions) }
        let name = arguments[0]
        var arguments: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
        var environment: [UnsafeMutablePointer<CChar>?] = environment.map { strdup($0) } + [nil]
        defer { for text in arguments + environment { free(text) } }
        var child: pid_t = 0
        let failure = posix_spawnp(
            &child,
            name,
            &actions,
            nil,
            &arguments,
            &environment
        )
        close(ends[0])
        guard failure == 0 else {
            close(ends[1])
            throw SpawnFailure(number: failure)
        }
        process = ProcessID(child)
        input = ends[1]
        waitForItsImage()
    }

    /// `posix_spawn` returns when the child has left the memory of this process: the kernel has yet
    /// to map its program, which it does before it writes the auxiliary vector (fs/binfmt_elf.c).
    private func waitForItsImage() {
        _ = eventually { () -> Bool? in
            var information = siginfo_t()
            waitid(P_PID, id_t(process.rawValue), &information, WEXITED | WNOHANG | WNOWAIT)
            guard information.si_signo == 0 else { return true }
            let file = open("/proc/\(process.rawValue)/auxv", O_RDONLY | O_CLOEXEC)
            guard file >= 0 else { return true }
            defer { close(file) }
            var firstKey: UInt = 0
            let length = read(file, &firstKey, MemoryLayout<UInt>.size)
            return length == MemoryLayout<UInt>.size && firstKey != 0 ? true : nil
        }
    }

    /// Returns when the child has started as many threads as it will have.
    func waitForThreads(_ count: UInt64) throws {
        var reader = ProcReader()
        let found = eventually {
            reader.stat(of: process).value.flatMap { $0.threadCount >= count ? true : nil }
        }
        try #require(found == true)
    }

    /// Returns when the child has stopped itself.
    func waitUntilStopped() throws {
        var reader = ProcReader()
        let found = eventually {
            reader.stat(of: process).value.flatMap { $0.state == .stopped ? true : nil }
        }
        try #require(found == true)
    }

    deinit {
        close(input)
        guard !isCollected else { return }
        kill(process.rawValue, SIGKILL)
        waitpid(process.rawValue, nil, 0)
    }

    /// Kills the child and returns when it is a zombie.
    func becomeZombie() {
        kill(process.rawValue, SIGKILL)
        var information = siginfo_t()
        waitid(P_PID, id_t(process.rawValue), &information, WEXITED | WNOWAIT)
    }

    /// Kills the child and collects it, so that its number is free.
    mutating func end() {
        kill(process.rawValue, SIGKILL)
        waitpid(process.rawValue, nil, 0)
        isCollected = true
    }

    /// Stops the child by job control and returns when it is stopped.
    func stop() {
        kill(process.rawValue, SIGSTOP)
        waitpid(process.rawValue, nil, WUNTRACED)
    }
}

struct SpawnFailure: Error { let number: Int32 }

/// Repeats a look until it shows what a program will surely come to; nil if it never does.
///
/// There is no event to wait for: nobody is told that another process went to sleep.
func eventually<Value>(_ look: () throws -> Value?) rethrows -> Value? {
    let end = ContinuousClock.now.advanced(by: .seconds(60))
    while ContinuousClock.now < end {
        if let value = try look() { return value }
        sched_yield()
    }
    return nil
}
