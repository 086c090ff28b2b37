// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Profiles
import Testing

@testable import Sampler

@Suite struct GroupResolverTests {
    private static let id = String(repeating: "0123456789abcdef", count: 4)

    private func group(unit: String?, cgroup: String?) -> GroupName {
        let resolver = GroupResolver { $0 == ProcessID(12) ? unit : nil }
        let controlGroup = cgroup.flatMap { parse($0, ControlGroup.parse) }
        return resolver.group(
            of: ProcessID(12),
            command: "app",
            controlGroup: controlGroup
        )
    }

    typealias Case = (unit: String?, cgroup: String?, name: GroupName)

    @Test(
        arguments: [
            ("nginx.service", nil, GroupName.systemdUnit("nginx.service")),
            ("nginx.service", "0::/system.slice/nginx.service\n", .systemdUnit("nginx.service")),
            (
                "web.service", "0::/system.slice/web.service/libpod-payload-\(id)\n",
                .systemdUnit("web.service")
            ),
            (nil, "0::/docker/\(id)\n", .container("0123456789ab")),
            (
                "docker-\(id).scope", "0::/system.slice/docker-\(id).scope\n",
                .container("0123456789ab")
            ),
            (
                "containerd.service",
                "0::/system.slice/containerd.service/kubepods-pod1.slice:cri-containerd:\(id)\n",
                .container("0123456789ab")
            ),
            // The unified path does not say it on a host with both versions; another does.
            (nil, "4:cpu:/docker/\(id)\n0::/system.slice/x\n", .container("0123456789ab")),
            ("containerd.service", "0::/system.slice/containerd.service\n", .command("app")),
            (nil, "0::/\n", .command("app")),
            (nil, nil, .command("app")),
            ("session-4.scope", nil, .command("app")),
            ("init.scope", nil, .command("app")),
            ("app-gnome-firefox-123.scope", nil, .command("app")),
            ("user@1000.service", nil, .command("app")),
            ("run-u12.service", nil, .command("app")),
            ("run-r0a1b2c.scope", nil, .command("app")),
            ("", nil, .command("app")),
        ] as [Case]
    )
    func resolves(example: Case) {
        #expect(group(unit: example.unit, cgroup: example.cgroup) == example.name)
    }

    @Test func equalNamesOfDifferentKindsAreDifferentGroups() {
        #expect(GroupName.command("a") != GroupName.systemdUnit("a"))
        #expect(GroupName.container("a").description == "a")
    }
}
