// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
package import Profiles

/// The names of the files and directories of a process that are read (proc(5)).
package enum ProcName: Sendable {
    /// The directory of the process or thread itself.
    case directory
    case cgroup
    case cmdline
    case environ
    /// A link to the file of the program.
    case exe
    case io
    case maps
    case schedstat
    case stat
    case status
    case syscall
    /// The directory of a process's threads; a process has it, a thread has not.
    case task

    var text: StaticString {
        switch self {
        case .directory: ""
        case .cgroup: "cgroup"
        case .cmdline: "cmdline"
        case .environ: "environ"
        case .exe: "exe"
        case .io: "io"
        case .maps: "maps"
        case .schedstat: "schedstat"
        case .stat: "stat"
        case .status: "status"
        case .syscall: "syscall"
        case .task: "task"
        }
    }
}

/// A place below the root of a proc file system.
package enum ProcPath: Sendable {
    /// `PID/NAME`: what holds for a process as a whole.
    case process(ProcessID, ProcName)

    /// `PID/task/TID/NAME`: what holds for one thread.
    case thread(ThreadID, in: ProcessID, ProcName)

    /// The directory that lists the processes.
    case root

    /// `sys/kernel/yama/ptrace_scope`, where the kernel has Yama.
    case yamaScope

    /// `loadavg`.
    case loadAverage
}

/// The proc file system that is read: `/proc`, a host's one mounted elsewhere, or a test's tree.
package struct ProcRoot: Sendable {
    private let prefix: [UInt8]

    /// A root at a path without a slash at its end.
    package init(_ path: String = "/proc") { prefix = Array(path.utf8) }

    /// Whether this is the usual place, which shows the PID namespace that the reader is in.
    package var isUsual: Bool { prefix == Array("/proc".utf8) }

    /// Three numbers of at most 11 bytes, `task`, the longest fixed path, slashes and the end.
    private static let longestSuffix = 96

    /// Calls `body` with a path as C wants it, valid for the call; it is built on the stack.
    func withPath<Result>(_ path: ProcPath, _ body: (UnsafePointer<CChar>) -> Result) -> Result {
        let capacity = prefix.count + Self.longestSuffix
        return withUnsafeTemporaryAllocation(of: CChar.self, capacity: capacity) { buffer in
            buffer.initialize(repeating: 0)
            var writer = PathWriter(buffer)
            writer.append(prefix)
            switch path {
            case .process(let process, let name):
                writer.append("/")
                writer.append(process.rawValue)
                writer.append(name)
            case .thread(let thread, let process, let name):
                writer.append("/")
                writer.append(process.rawValue)
                writer.append("/task/")
                writer.append(thread.rawValue)
                writer.append(name)
            case .root: break
            case .loadAverage: writer.append("/loadavg")
            case .yamaScope: writer.append("/sys/kernel/yama/ptrace_scope")
            }
            return body(writer.start)
        }
    }
}

/// Writes text into zeroed memory and always leaves a zero behind it.
private struct PathWriter {
    let start: UnsafePointer<CChar>
    private let buffer: UnsafeMutableBufferPointer<CChar>
    private var count = 0

    /// `buffer` must not be empty.
    init(_ buffer: UnsafeMutableBufferPointer<CChar>) {
        self.buffer = buffer
        start = UnsafePointer(buffer.baseAddress.unsafelyUnwrapped)
    }

    mutating func append(_ bytes: [UInt8]) {
        for byte in bytes { append(byte) }
    }

    mutating func append(_ text: StaticString) {
        text.withUTF8Buffer { for byte in $0 { append(byte) } }
    }

    mutating func append(_ name: ProcName) {
        guard name != .directory else { return }
        append("/")
        append(name.text)
    }

    mutating func append(_ number: Int32) {
        if number < 0 { append(UInt8(ascii: "-")) }
        var rest = number.magnitude
        var divisor: UInt32 = 1
        while rest / divisor >= 10 { divisor *= 10 }
        while divisor > 0 {
            append(UInt8(ascii: "0") + UInt8(rest / divisor))
            rest %= divisor
            divisor /= 10
        }
    }

    private mutating func append(_ byte: UInt8) {
        guard count < buffer.count - 1 else { return }
        buffer[count] = CChar(bitPattern: byte)
        count += 1
    }
}
