// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Glibc
import Profiles
import Testing

@testable import Agent

@Suite
struct SystemdUnitsTests {
    @Test("The unit of this process is the one in the path of its control group")
    func ownUnit() throws {
        let groups = try String(contentsOfFile: "/proc/self/cgroup", encoding: .utf8)
        let expected = Self.unit(inControlGroups: groups)

        #expect(SystemdUnits.unit(of: ProcessID(getpid())) == expected)
    }

    @Test(
        "A process in a service's control group is in that service",
        .enabled(if: Self.canMoveProcesses)
    )
    func service() throws {
        let child = try Self.sleepingChild()
        let name = "ptarmigan-test-\(child).service"
        let group = try #require(Self.hierarchy) + "/" + name
        defer {
            // Test processes block SIGTERM, and a child inherits that.
            kill(child, SIGKILL)
            waitpid(child, nil, 0)
            rmdir(group)
        }
        try FileManager.default.createDirectory(atPath: group, withIntermediateDirectories: false)
        try #require(Self.write("\(child)", to: group + "/cgroup.procs"))

        #expect(SystemdUnits.unit(of: ProcessID(child)) == name)
    }

    @Test("No process has these numbers", arguments: [Int32.max, 0, -1, .min])
    func noProcess(number: Int32) {
        #expect(SystemdUnits.unit(of: ProcessID(number)) == nil)
    }

    @Test(
        "The reading of control groups that the first test relies on",
        arguments: [
            ("0::/system.slice/nginx.service\n", "nginx.service"),
            ("1:name=systemd:/init.scope\n0::/\n", "init.scope"),
            ("0::/user.slice/user-0.slice/session-1.scope\n", "session-1.scope"),
            ("0::/\n", nil),
        ] as [(String, String?)]
    )
    func controlGroups(text: String, expected: String?) {
        #expect(Self.unit(inControlGroups: text) == expected)
    }

    /// Where libsystemd looks for units: the unified hierarchy, alone or beside the old ones.
    private static let hierarchy = ["/sys/fs/cgroup/unified", "/sys/fs/cgroup"].first {
        FileManager.default.fileExists(atPath: $0 + "/cgroup.procs")
    }

    /// Whether this is root, on a system whose control groups may be changed.
    private static let canMoveProcesses = hierarchy.map { access($0, W_OK) == 0 } ?? false

    private static func sleepingChild() throws -> pid_t {
        let words = [strdup("sleep"), strdup("600"), nil]
        defer { for word in words { free(word) } }
        var child: pid_t = 0
        let failure = posix_spawn(&child, "/bin/sleep", nil, nil, words, nil)
        try #require(failure == 0)
        return child
    }

    /// Writes to a file of the kernel, which takes one write and cannot be replaced by a rename.
    private static func write(_ text: String, to path: String) -> Bool {
        let descriptor = open(path, O_WRONLY | O_CLOEXEC)
        defer { close(descriptor) }
        return Glibc.write(descriptor, text, text.utf8.count) == text.utf8.count
    }

    /// The first service or scope of the hierarchy that systemd manages (cgroups(7)).
    private static func unit(inControlGroups text: String) -> String? {
        let lines = text.split(separator: "\n")
        guard
            let line = lines.first(where: { $0.contains(":name=systemd:") })
                ?? lines.first(where: { $0.hasPrefix("0::") })
        else { return nil }
        return line.split(separator: "/").first {
            $0.hasSuffix(".service") || $0.hasSuffix(".scope")
        }.map(String.init)
    }
}
