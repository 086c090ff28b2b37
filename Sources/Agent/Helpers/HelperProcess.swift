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

    /// Starts a helper by posix_spawn(3): a fork of a threaded Swift process could not run Swift.
    static func start(verb: String, page: Int32) throws(Errno) -> HelperProcess {
        var ends: [Int32] = [-1, -1]
        let made = cptrace_create_pipe(&ends)
        guard made == 0 else { throw Errno(rawValue: CInt(truncatingIfNeeded: -made)) }
        defer { close(ends[0]) }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, ends[0], 0)
        posix_spawn_file_actions_adddup2(&actions, page, pageDescriptor)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        // A process group of its own: Ctrl-C on the terminal is for the agent, which then ends it.
        posix_spawnattr_setpgroup(&attributes, 0)
        posix_spawnattr_setflags(
            &attributes,
            Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETPGROUP)
        )
        var child: pid_t = 0
        let result = withArguments(["ptarmigan", verb]) {
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

    /// Ends the helper by closing its pipe, and collects it.
    func end() {
        close(pipe)
        var status: Int32 = 0
        waitpid(process.rawValue, &status, 0)
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
