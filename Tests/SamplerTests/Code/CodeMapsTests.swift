// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import Images
import Profiles
import Testing

@testable import Sampler

/// The test's own process is the target: its files are real and its addresses are known.
@Suite struct CodeMapsTests {
    private let process = ProcessID(getpid())
    private let thread = ThreadID(getpid())

    private func maps() -> CodeMaps {
        CodeMaps(
            root: "/proc",
            files: CodeFiles(limits: CodeLimits(imageBytes: 64 << 20, tableBytes: 64 << 20))
        )
    }

    /// The address of a function of the C library.
    private func knownAddress() throws -> UInt64 {
        let function = try #require(dlsym(nil, "strlen"))
        return UInt64(UInt(bitPattern: function))
    }

    @Test func findsFileAndRulesOfAnAddress() throws {
        let address = try knownAddress()
        let map = try #require(maps().map(of: process, through: thread, now: .now()))
        let region = try #require(map.region(of: address))
        #expect(region.mapping.path.contains("libc.so"))
        #expect(region.failure == nil)
        #expect(region.table != nil)
        #expect(region.image?.symbol(at: region.imageAddress(of: address)).symbol != nil)
    }

    @Test func keepsAMapAndWhatWasReadForIt() throws {
        let address = try knownAddress()
        let maps = maps()
        let first = MonotonicInstant.now()
        let region = try #require(
            maps.map(of: process, through: thread, now: first)?.region(of: address)
        )
        let later = first.advanced(byNanoseconds: CodeMaps.leastMapNanoseconds * 2)
        #expect(maps.map(of: process, through: thread, now: later)?.readAt == first)
        maps.beginBatch()
        let renewed = maps.map(of: process, through: thread, now: later)
        #expect(renewed?.readAt == later)
        #expect(renewed?.region(of: address) === region)
    }

    @Test func renewsAMapThatIsDoubtful() throws {
        let maps = maps()
        let first = MonotonicInstant.now()
        _ = maps.map(of: process, through: thread, now: first)
        let soon = first.advanced(byNanoseconds: CodeMaps.leastMapNanoseconds * 2)
        let renewed = maps.map(of: process, through: thread, now: soon, isDoubtful: true)
        #expect(renewed?.readAt == soon)
    }

    @Test func keepsTheMapOfAProcessThatIsGone() throws {
        var child = try ProcChild(["sleep", "60"])
        let gone = child.process
        let maps = maps()
        #expect(maps.map(of: gone, through: child.leader, now: .now()) != nil)
        let leader = child.leader
        child.end()
        let later = MonotonicInstant.now()
        maps.beginBatch()
        #expect(maps.map(of: gone, through: leader, now: later) != nil)
        maps.forget(gone)
        #expect(maps.map(of: gone, through: leader, now: later) == nil)
    }
}
