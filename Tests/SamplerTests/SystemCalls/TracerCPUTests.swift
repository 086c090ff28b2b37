// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import Profiles
import Testing

@testable import Sampler

@Suite struct TracerCPUTests {
    @Test("a tracer comes to the CPU that its thread is kept on, and stays until it is time to ask")
    func follows() async throws {
        let permitted = CPUAffinity.current(of: ThreadID(0))
        let cpus = (0..<CPUSet.capacity).filter(permitted.contains)
        let found = try await OwnThread().run {
            var tracer = TracerCPU()
            var found: [CPUSet] = []
            for cpu in cpus.prefix(2) {
                let child = try ProcChild(["taskset", "-c", "\(cpu)", "sleep", "1000"])
                // It is where it is kept when it sleeps as what it has become.
                var reader = ProcReader()
                _ = eventually {
                    let stat = reader.stat(of: child.process).value
                    return stat?.command == "sleep" && stat?.state == .sleeping ? true : nil
                }
                tracer.follow(child.leader)
                found.append(CPUAffinity.current(of: ThreadID(0)))
            }
            return found
        }
        #expect(found == cpus.prefix(2).map { CPUSet($0) })
    }

    @Test("a thread that is gone moves nothing")
    func gone() async throws {
        let before = CPUAffinity.current(of: ThreadID(0))
        let after = try await OwnThread().run {
            var tracer = TracerCPU()
            tracer.follow(ThreadID(Int32.max))
            return CPUAffinity.current(of: ThreadID(0))
        }
        #expect(after == before)
    }
}
