// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Sampler

private let id = String(repeating: "0123456789abcdef", count: 4)
private let inner = String(repeating: "fedcba9876543210", count: 4)
private let task = "0123456789abcdef0123456789abcdef"
private let uid = "01234567-89ab-cdef-0123-456789abcdef"
private let escapedUID = "01234567_89ab_cdef_0123_456789abcdef"

@Suite struct ContainerIDTests {
    @Test(arguments: [
        "/docker/\(id)", "/system.slice/docker-\(id).scope",
        "/system.slice/docker-\(id).scope/init.scope",
        "/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod\(escapedUID).slice/"
            + "cri-containerd-\(id).scope",
        "/kubepods/besteffort/pod\(uid)/\(id)",
        "/kubepods.slice/kubepods-pod\(escapedUID).slice/crio-\(id).scope",
        "/system.slice/containerd.service/kubepods-pod\(escapedUID).slice:cri-containerd:\(id)",
        "/machine.slice/libpod-\(id).scope", "/machine.slice/libpod-\(id).scope/container",
        "/user.slice/user-1000.slice/user@1000.service/app.slice/x.service/libpod-payload-\(id)",
        "/ecs/\(task)/\(id)", "/../docker-\(id).scope", "/docker/\(inner)/docker/\(id)",
    ])
    func findsTheId(path: String) throws {
        let found = try #require(ContainerID.inControlGroup(path))
        #expect(found.text == id)
        #expect(found.short == "0123456789ab")
    }

    @Test func findsTheIdOnFargate() throws {
        let found = try #require(ContainerID.inControlGroup("/ecs/\(task)/\(task)-2531612879"))
        #expect(found.text == "\(task)-2531612879")
        #expect(found.short == "0123456789ab-2531612879")
    }

    @Test(arguments: [
        "", "/", "/system.slice/nginx.service", "/user.slice/session-4.scope", "/docker/\(task)",
        "/machine.slice/libpod-conmon-\(id).scope", "/crio-conmon-\(id).scope", "/docker/\(id)0",
        "/docker/" + id.uppercased(), "/docker/" + String(repeating: "g", count: 64),
        "/ecs/\(task)-", "/ecs/\(task)-x", "/ecs/\(task)-123456789012345678901",
    ])
    func findsNoneElsewhere(path: String) {
        #expect(ContainerID.inControlGroup(path) == nil)
    }
}

@Suite struct PodUIDTests {
    @Test(arguments: [
        "/kubepods/burstable/pod\(uid)/\(id)", "/kubepods/pod\(uid)",
        "/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod\(escapedUID).slice/x",
        "/kubepods.slice/kubepods-pod\(escapedUID).slice/crio-\(id).scope",
        "/system.slice/containerd.service/kubepods-pod\(escapedUID).slice:cri-containerd:\(id)",
    ])
    func findsTheUID(path: String) {
        #expect(PodUID.inControlGroup(path)?.text == uid)
    }

    @Test func findsTheUIDOfAStaticPod() {
        for path in [
            "/kubepods/burstable/pod\(task)/\(id)",
            "/kubepods.slice/kubepods-burstable-pod\(task).slice/x",
        ] {
            #expect(PodUID.inControlGroup(path)?.text == task)
        }
    }

    @Test(arguments: ["/", "/docker/\(id)", "/kubepods/podx", "/kubepods.slice", "/pod\(uid)"])
    func findsNoneElsewhere(path: String) {
        #expect(PodUID.inControlGroup(path) == nil)
    }
}
