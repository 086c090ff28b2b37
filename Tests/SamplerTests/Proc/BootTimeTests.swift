// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import Profiles
import Testing

@testable import Sampler

@Suite struct BootTimeTests {
    @Test func agreesWithTheKernelsOwnStatement() throws {
        let file = try #require(fopen("/proc/stat", "re"))
        defer { fclose(file) }
        var line = [CChar](repeating: 0, count: 65_536)
        var told: Double?
        while told == nil, fgets(&line, Int32(line.count), file) != nil {
            let text = String(
                decoding: line.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)),
                as: UTF8.self
            )
            guard text.hasPrefix("btime ") else { continue }
            told = Double(text.dropFirst(6).filter(\.isNumber))
        }
        // The kernel cuts to whole seconds, and the wall clock may have been set since.
        #expect(abs(BootTime.seconds - (try #require(told))) < 2)
    }

    @Test func tellsAStartTheSameEachTime() throws {
        var reader = ProcReader()
        let own = try #require(reader.stat(of: ProcessID(getpid())).value)
        let told = (0..<1000).map { _ in BootTime.epochSeconds(of: own.startTime) }
        // Neighbours, where the difference of the clocks is half a tick.
        #expect(Set(told).count <= 2)
    }

    @Test func agesAProcess() throws {
        var reader = ProcReader()
        let first = try #require(reader.stat(of: ProcessID(1)).value)
        let own = try #require(reader.stat(of: ProcessID(getpid())).value)
        #expect(
            BootTime.nanoseconds(since: first.startTime)
                >= BootTime.nanoseconds(since: own.startTime)
        )
        #expect(BootTime.nanoseconds(since: own.startTime) < 3_600_000_000_000)
        #expect(BootTime.nanoseconds(since: StartTime(ticks: .max)) == 0)
        #expect(BootTime.nanoseconds(since: StartTime(ticks: .max / 20_000_000)) == 0)
    }
}
