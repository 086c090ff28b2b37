// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Sampler

@Suite struct SystemCallSetsTests {
    @Test func hasStracesSets() {
        #expect(
            SystemCallSets.byName.keys.sorted() == [
                "desc", "file", "ipc", "memory", "network", "process", "signal",
            ]
        )
    }

    @Test(arguments: [
        ("desc", "read", true), ("desc", "execve", false), ("desc", "execveat", true),
        ("file", "openat", true), ("file", "execve", true), ("file", "read", false),
        ("file", "fchmodat2", true), ("ipc", "shmget", true), ("ipc", "ipc", true),
        ("memory", "mmap", true), ("memory", "mseal", true), ("memory", "read", false),
        ("network", "connect", true), ("network", "socketcall", true), ("network", "read", false),
        ("process", "clone3", true), ("process", "execve", true), ("process", "getpid", false),
        ("signal", "tgkill", true), ("signal", "exit", false),
    ])
    func hasMembers(set: String, call: String, isMember: Bool) throws {
        let members = try #require(SystemCallSets.byName[set])
        #expect(members.contains { $0.description == call } == isMember)
    }

    @Test(arguments: SystemCallSets.byName.keys.sorted())
    func namesEachCallOnce(set: String) throws {
        let members = try #require(SystemCallSets.byName[set]).map(\.description)
        #expect(!members.isEmpty)
        #expect(Set(members).count == members.count)
        #if arch(x86_64)
        let known = Set(SystemCallNames.numbers.keys).union(SystemCallNames.numbers32.keys)
        #expect(Set(members).subtracting(known) == [])
        #endif
    }

    @Test func aCallWithTheNameOfASetIsInIt() {
        for (set, members) in SystemCallSets.byName
        where SystemCallNames.numbers[set] != nil || SystemCallNames.numbers32[set] != nil {
            #expect(members.contains { $0.description == set }, "\(set)")
        }
    }
}
