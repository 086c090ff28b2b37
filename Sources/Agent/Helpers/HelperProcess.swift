// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import CPtrace
import Glibc
import Profiles
import SystemPackage

/// A child of the agent that runs this program with another verb.
///
/// It has the shared page as descriptor 3 and a pipe as standard input; the pipe's end tells it
/// that the agent is gone, however that came about.
struct HelperProcess: Sendable {
    let process: ProcessID
    private let pipe: Int32

    /// The descriptor under which a helper finds its page.
    static let pageDescriptor: Int32 = 3

    /// The descriptor at which a command to be launched waits for its start.
    static let gateDescriptor: Int32 = 3

    /// Starts a helper that finds its page at `pageDescriptor` and its pipe's end as its input.
    ///
    /// It gets a process group of its own: Ctrl-C on the terminal is for the agent, which then
    /// ends it.
    static func start(verb: String, page: Int32) throws(Errno) -> HelperProcess {
        try start(
            arguments: ["ptarmigan", verb],
            pipeDescriptor: 0,
            pageDescriptor: page,
            hasOwnGroup: true,
            isQuiet: false
        )
    }

    /// Starts a child that keeps this program's group, with a pipe's end at `gateDescriptor`.
    ///
    /// - Parameter isQuiet: whether it reads nothing and what it writes is thrown away; otherwise
    ///   it keeps this program's input and output.
    private static func startGated(
        _ arguments: [String],
        isQuiet: Bool
    ) throws(Errno) -> HelperProcess {
        try start(
            arguments: arguments,
            pipeDescriptor: gateDescriptor,
            pageDescriptor: nil,
            hasOwnGroup: false,
            isQuiet: isQuiet
        )
    }

    /// Starts a command that waits at its gate (`LaunchCommand`).
    ///
    /// - Parameters:
    ///   - openFiles: the limit of open files that it is to have.
    ///   - options: further options of `LaunchCommand`.
    /// - Throws: `Failure`, with the line to print.
    static func launch(
        _ command: [String],
        openFiles: UInt64,
        options: [String] = [],
        isQuiet: Bool = false
    ) throws -> HelperProcess {
        let arguments = launchArguments(command, openFiles: openFiles, options: options)
        do {
            return try startGated(arguments, isQuiet: isQuiet)
        } catch {
            throw Failure(.failed, "\(command.first ?? "") can't be started: \(error)")
        }
    }

    /// How this program is started again to become a command.
    static func launchArguments(
        _ command: [String],
        openFiles: UInt64,
        options: [String]
    ) -> [String] {
        ["ptarmigan", "launch", "--open-files", "\(openFiles)"] + options + ["--"] + command
    }

    /// Starts this program again by posix_spawn(3): a fork of a threaded Swift process could not
    /// run Swift.
    private static func start(
        arguments: [String],
        pipeDescriptor: Int32,
        pageDescriptor page: Int32?,
        hasOwnGroup: Bool,
        isQuiet: Bool
    ) throws(Errno) -> HelperProcess {
        var ends: [Int32] = [-1, -1]
        let made = cptrace_create_pipe(&ends)
        guard made == 0 else { throw Errno(rawValue: CInt(truncatingIfNeeded: -made)) }
        defer { close(ends[0]) }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, ends[0], pipeDescriptor)
        if let page { posix_spawn_file_actions_adddup2(&actions, page, pageDescriptor) }
        if isQuiet {
            for descriptor: Int32 in 0...2 {
                posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", O_RDWR, 0)
            }
        }
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        var flags = POSIX_SPAWN_SETSIGMASK
        if hasOwnGroup {
            posix_spawnattr_setpgroup(&attributes, 0)
            flags |= POSIX_SPAWN_SETPGROUP
        }
        posix_spawnattr_setflags(&attributes, Int16(flags))
        var child: pid_t = 0
        let result = withArguments(arguments) {
            posix_spawn(&child, "/proc/self/exe", &actions, &attributes, $0, environ)
        }
        guard result == 0 else {
            close(ends[1])
            throw Errno(rawValue: result)
        }
        return HelperProcess(process: ProcessID(child), pipe: ends[1])
    }

    /// Writes one byte to the helper; false if it is gone.
    @discardableResult
    func poke() -> Bool {
        var byte: UInt8 = 1
        return write(pipe, &byte, 1) == 1
    }

    /// Waits until the helper has closed its end of the pipe, as its own end does, or for so long.
    func waitForEnd(upToMilliseconds limit: Int32) {
        let deadline = ContinuousClock.now + .milliseconds(limit)
        while ContinuousClock.now < deadline {
            // Nothing is asked for: that the last reader is gone is told anyway (poll(2), POLLERR).
            var entry = pollfd(fd: pipe, events: 0, revents: 0)
            let rest = (deadline - .now).nanoseconds / 1_000_000 + 1
            let count = poll(&entry, 1, Int32(clamping: rest))
            if count > 0 || count < 0 && errno != EINTR { return }
        }
    }

    /// Closes the pipe: for a helper its end, and for a gate that it stays shut.
    func closePipe() { close(pipe) }

    /// Collects the child, which must be ending, and of which nothing may be traced any more: a
    /// wait by any thread of this program would take a stop away from the tracer.
    ///
    /// - Returns: its wait status (wait(2)).
    @discardableResult
    func collect() -> Int32 {
        var status: Int32 = 0
        while waitpid(process.rawValue, &status, 0) < 0, errno == EINTR {}
        return status
    }

    /// Ends the helper by closing its pipe, and collects it.
    func end() {
        closePipe()
        collect()
    }

    private static func withArguments<Result>(
        _ arguments: [String],
        _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> Result
    ) -> Result {
        var pointers: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) }
        defer { for pointer in pointers { free(pointer) } }
        pointers.append(nil)
        return pointers.withUnsafeBufferPointer { buffer in
            body(buffer.baseAddress.unsafelyUnwrapped)
        }
    }
}
