// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// Where a process stands in the control groups, from `/proc/PID/cgroup` (cgroups(7)).
///
/// Paths are as the agent's own cgroup namespace sees them, so they may begin with `/..`.
package struct ControlGroup: Equatable, Sendable {
    /// The path in the unified (v2) hierarchy; nil without one.
    package private(set) var unified: String?

    /// The path in the v1 hierarchy named `systemd`; nil without one.
    package private(set) var systemd: String?

    /// The path in the v1 hierarchy of the `cpu` controller; nil without one.
    package private(set) var cpu: String?

    /// A process is in one group for each hierarchy, and v1 has at most some tens.
    static let maximumLines = 64

    /// The most bytes to read of the file.
    package static let maximumBytes = 64 * 1024

    /// The group to show for the process: the first that is not the root, unified first.
    ///
    /// Hosts with both versions leave processes at the root of one of them.
    package var path: String? {
        let known = paths
        return known.first { $0 != "/" } ?? known.first
    }

    /// All known paths, unified first.
    package var paths: [String] { [unified, systemd, cpu].compactMap { $0 } }

    /// Reads the bytes of the file; nil without a line of the form `ID:CONTROLLERS:PATH`.
    package static func parse(_ bytes: Span<UInt8>) -> ControlGroup? {
        var group = ControlGroup()
        var hasLine = false
        var lines = ByteScanner()
        for _ in 0..<maximumLines {
            guard let range = lines.take(until: .newline, in: bytes) else { break }
            guard range.upperBound < bytes.count else { break }
            let line = bytes.extracting(range)
            var scanner = ByteScanner()
            // Only the path may hold a colon.
            guard let id = scanner.decimal(in: line), scanner.take(UInt8(ascii: ":"), in: line),
                let controllers = scanner.take(until: UInt8(ascii: ":"), in: line),
                scanner.position < line.count, line[scanner.position] == .slash
            else { continue }
            hasLine = true
            let path = withoutDeletedMark(line.extracting(scanner.position..<line.count))
            group.note(id: id, controllers: line.extracting(controllers), path: path)
        }
        return hasLine ? group : nil
    }

    private mutating func note(id: UInt64, controllers: Span<UInt8>, path: String) {
        if id == 0, controllers.isEmpty {
            unified = path
        } else if controllers.equals("name=systemd") {
            systemd = path
        } else {
            var scanner = ByteScanner()
            while let name = scanner.take(until: UInt8(ascii: ","), in: controllers) {
                if controllers.extracting(name).equals("cpu") { cpu = path }
            }
        }
    }

    /// The kernel marks a group that was removed under its last process (cgroups(7)).
    private static func withoutDeletedMark(_ path: Span<UInt8>) -> String {
        let mark: StaticString = " (deleted)"
        let length = path.count - mark.utf8CodeUnitCount
        let end = length > 0 && path.hasPrefix(mark, at: length) ? length : path.count
        return path.text(0..<end)
    }
}
