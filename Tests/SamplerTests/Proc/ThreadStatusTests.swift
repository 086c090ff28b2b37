// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Profiles
import Testing

@testable import Sampler

@Suite struct ThreadStatusTests {
    private static let text = """
        Name:\tnginx
        Umask:\t0022
        State:\tS (sleeping)
        Tgid:\t812
        Ngid:\t0
        Pid:\t815
        PPid:\t1
        TracerPid:\t99
        Uid:\t33\t34\t35\t36
        Gid:\t33\t33\t33\t33
        NSpid:\t815\t40\t4
        Threads:\t6
        CapEff:\t000001ffffffffff
        Seccomp:\t2
        Seccomp_filters:\t1
        voluntary_ctxt_switches:\t150
        nonvoluntary_ctxt_switches:\t16

        """

    @Test func readsTheLines() throws {
        let status = try #require(parse(Self.text, ThreadStatus.parse))
        #expect(status.command == "nginx")
        #expect(status.state == .sleeping)
        #expect(status.process == ProcessID(812))
        #expect(status.parent == ProcessID(1))
        #expect(status.tracer == ThreadID(99))
        #expect(status.users == UserIDs(real: 33, effective: 34, saved: 35, fileSystem: 36))
        #expect(status.namespaceNumbers == [815, 40, 4])
        #expect(status.threadCount == 6)
        #expect(status.effectiveCapabilities == 0x1ff_ffff_ffff)
        #expect(status.seccomp == .filter)
        #expect(status.voluntarySwitches == 150)
        #expect(status.involuntarySwitches == 16)
    }

    @Test func noTracerIsNil() throws {
        let text = Self.text.replacing("TracerPid:\t99", with: "TracerPid:\t0")
        #expect(try #require(parse(text, ThreadStatus.parse)).tracer == nil)
    }

    @Test func missingLinesAreNil() throws {
        let status = try #require(parse("Name:\ta b\n", ThreadStatus.parse))
        #expect(status.command == "a b")
        #expect(status.process == nil)
        #expect(status.users == nil)
        #expect(status.seccomp == nil)
        #expect(status.namespaceNumbers.isEmpty)
    }

    @Test func aNameCannotForgeLines() throws {
        // As a kernel that does not escape the name would write it.
        let text = Self.text.replacing("nginx", with: "x\nTracerPid:\t0\nNSpid:\t1")
        let status = try #require(parse(text, ThreadStatus.parse))
        #expect(status.tracer == ThreadID(99))
        #expect(status.namespaceNumbers == [815, 40, 4])
        let escaped = Self.text.replacing("nginx", with: #"x\nUid:"#)
        #expect(try #require(parse(escaped, ThreadStatus.parse)).command == "x\nUid:")
    }

    @Test func aCutLineIsPassedOver() throws {
        let cut = Self.text.prefix { $0 != "6" } + "6"
        let status = try #require(parse("Name:\ta\nThreads:\t1", ThreadStatus.parse))
        #expect(status.threadCount == nil)
        #expect(parse(String(cut.prefix(4)), ThreadStatus.parse) == nil)
    }

    @Test(arguments: [
        "Uid:\t1\t2\t3\n", "Uid:\t1\t2\t3\t4294967296\n", "Tgid:\t2147483648\n", "Threads:\t-1\n",
        "CapEff:\tg\n", "Seccomp:\n", "State:\n", "NSpid:\t\n", ":\n",
    ])
    func valuesThatMakeNoSenseAreNil(line: String) throws {
        let status = try #require(parse(line, ThreadStatus.parse))
        #expect(status == parse("Other:\n", ThreadStatus.parse))
    }

    @Test func namespacesAreBounded() throws {
        let line = "NSpid:" + String(repeating: "\t7", count: 10_000) + "\n"
        let status = try #require(parse(line, ThreadStatus.parse))
        #expect(status.namespaceNumbers.count == ThreadStatus.maximumNamespaces)
    }

    @Test func hostileBytesNeverTrap() {
        for seed in 0..<1_000 as Range<UInt64> {
            let noise = hostileBytes(count: Int(seed % 100), seed: seed)
            for name in ["Name:", "Uid:", "NSpid:", "State:", ""] {
                _ = parse(Array(name.utf8) + noise + [10], ThreadStatus.parse)
            }
        }
    }
}
