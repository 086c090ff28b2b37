// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

package import Profiles

/// The seccomp mode of a thread (`Seccomp:` in `status`, proc(5)).
package enum SeccompMode: Hashable, Sendable {
    case disabled
    case strict
    case filter
    /// A number that no kernel of today writes.
    case other(UInt64)

    init(number: UInt64) {
        self =
            switch number {
            case 0: .disabled
            case 1: .strict
            case 2: .filter
            default: .other(number)
            }
    }
}

/// The four user ids of a thread (`Uid:` in `status`, credentials(7)).
package struct UserIDs: Hashable, Sendable {
    package let real: UInt32
    package let effective: UInt32
    package let saved: UInt32
    package let fileSystem: UInt32

    package init(real: UInt32, effective: UInt32, saved: UInt32, fileSystem: UInt32) {
        self.real = real
        self.effective = effective
        self.saved = saved
        self.fileSystem = fileSystem
    }
}

/// The lines of `/proc/PID/status` or `/proc/PID/task/TID/status` that the agent needs (proc(5)).
///
/// A kernel without a line (gVisor has few) leaves that member nil.
package struct ThreadStatus: Equatable, Sendable {
    /// The name, unescaped; bytes that are not UTF-8 are U+FFFD.
    package private(set) var command = ""
    package private(set) var state = TaskState.other
    /// The process that the thread belongs to.
    package private(set) var process: ProcessID?
    package private(set) var parent: ProcessID?
    /// The thread that traces this one; nil when none does (the file then says 0).
    package private(set) var tracer: ThreadID?
    package private(set) var users: UserIDs?
    package private(set) var threadCount: UInt64?
    package private(set) var seccomp: SeccompMode?
    /// The thread's number in each PID namespace, the agent's own first and its innermost last.
    package private(set) var namespaceNumbers: [Int32] = []
    /// Effective capabilities, one bit each (capabilities(7)).
    package private(set) var effectiveCapabilities: UInt64?
    package private(set) var voluntarySwitches: UInt64?
    package private(set) var involuntarySwitches: UInt64?

    /// PID namespaces nest at most 32 deep (pid_namespaces(7)).
    static let maximumNamespaces = 33

    /// Reads the bytes of the file; nil without a single line of the kind `Name: value`.
    ///
    /// The last line of a name counts. `Name:` is the first of the file, so where a kernel does
    /// not escape line ends in it, lines that a thread's name forges come before the true ones.
    /// A line that is not whole is passed over.
    package static func parse(_ bytes: Span<UInt8>) -> ThreadStatus? {
        var status = ThreadStatus()
        var hasLine = false
        var lines = ByteScanner()
        while let range = lines.take(until: .newline, in: bytes) {
            guard range.upperBound < bytes.count else { break }
            guard let colon = range.first(where: { bytes[$0] == UInt8(ascii: ":") }) else {
                continue
            }
            hasLine = true
            let name = bytes.extracting(range.lowerBound..<colon)
            guard let field = Field(name) else { continue }
            status.read(field, bytes.extracting(colon + 1..<range.upperBound))
        }
        return hasLine ? status : nil
    }

    private mutating func read(_ field: Field, _ value: Span<UInt8>) {
        var scanner = ByteScanner()
        scanner.skipBlanks(in: value)
        switch field {
        case .name:
            command = CommandName.unescaped(scanner.position..<value.count, in: value)
        case .state:
            if !scanner.isAtEnd(of: value) { state = TaskState(letter: value[scanner.position]) }
        case .process: process = Self.taskNumber(&scanner, value).map(ProcessID.init)
        case .parent: parent = Self.taskNumber(&scanner, value).map(ProcessID.init)
        case .tracer:
            let number = Self.taskNumber(&scanner, value) ?? 0
            tracer = number == 0 ? nil : ThreadID(number)
        case .users: users = Self.userIDs(&scanner, value)
        case .threads: threadCount = scanner.decimal(in: value)
        case .seccomp: seccomp = scanner.decimal(in: value).map(SeccompMode.init)
        case .namespaces:
            namespaceNumbers = []
            while namespaceNumbers.count < Self.maximumNamespaces,
                let number = Self.taskNumber(&scanner, value)
            { namespaceNumbers.append(number) }
        case .capabilities: effectiveCapabilities = scanner.hexadecimal(in: value)
        case .voluntary: voluntarySwitches = scanner.decimal(in: value)
        case .involuntary: involuntarySwitches = scanner.decimal(in: value)
        }
    }

    private static func taskNumber(_ scanner: inout ByteScanner, _ value: Span<UInt8>) -> Int32? {
        scanner.skipBlanks(in: value)
        return scanner.decimal(in: value).flatMap { Int32(exactly: $0) }
    }

    private static func userIDs(_ scanner: inout ByteScanner, _ value: Span<UInt8>) -> UserIDs? {
        var ids = InlineArray<4, UInt32>(repeating: 0)
        for index in ids.indices {
            scanner.skipBlanks(in: value)
            guard let id = scanner.decimal(in: value).flatMap({ UInt32(exactly: $0) }) else {
                return nil
            }
            ids[index] = id
        }
        return UserIDs(real: ids[0], effective: ids[1], saved: ids[2], fileSystem: ids[3])
    }
}

extension ThreadStatus {
    /// The lines that are read.
    private enum Field {
        case name, state, process, parent, tracer, users, threads, seccomp, namespaces
        case capabilities, voluntary, involuntary

        init?(_ name: Span<UInt8>) {
            for (text, field) in Self.names where name.equals(text) {
                self = field
                return
            }
            return nil
        }

        private static let names: [(StaticString, Field)] = [
            ("Name", .name), ("State", .state), ("Tgid", .process), ("PPid", .parent),
            ("TracerPid", .tracer), ("Uid", .users), ("Threads", .threads), ("Seccomp", .seccomp),
            ("NSpid", .namespaces), ("CapEff", .capabilities),
            ("voluntary_ctxt_switches", .voluntary),
            ("nonvoluntary_ctxt_switches", .involuntary),
        ]
    }
}
