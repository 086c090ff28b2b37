// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import Profiles
import Testing

@testable import Sampler

@Suite struct ThreadStatTests {
    @Test func readsTheFields() throws {
        let stat = try #require(parse(statLine(), ThreadStat.parse))
        #expect(stat.command == "worker")
        #expect(stat.state == .sleeping)
        #expect(stat.parent == ProcessID(7))
        #expect(stat.flags == 0x400000)
        #expect(stat.minorFaults == 101)
        #expect(stat.majorFaults == 103)
        #expect(stat.userTicks == 205)
        #expect(stat.systemTicks == 206)
        #expect(stat.threadCount == 9)
        #expect(stat.startTime == StartTime(ticks: 5_551_212))
        #expect(stat.virtualBytes == 1_000_000)
        #expect(stat.residentBytes == 321 * UInt64(getpagesize()))
        #expect(stat.processor == 3)
        #expect(!stat.isKernelThread)
    }

    @Test(arguments: [
        ("a) R (b", "a) R (b"), ("", ""), (")", ")"), ("(", "("), ("x\ny", "x\ny"),
        (#"x\ny"#, "x\ny"), (#"x\\ny"#, #"x\ny"#), (#"x\"#, #"x\"#), (") Z 1 1 (", ") Z 1 1 ("),
    ])
    func theNameMayHoldAnything(written: String, name: String) throws {
        let stat = try #require(parse(statLine(command: written), ThreadStat.parse))
        #expect(stat.command == name)
        #expect(stat.state == .sleeping)
    }

    @Test func aNameThatIsNotTextIsRepaired() throws {
        let bytes = Array("1 (".utf8) + [0xff, 0x41] + Array(statLine().utf8.dropFirst(10))
        #expect(try #require(parse(bytes, ThreadStat.parse)).command == "\u{fffd}A")
    }

    @Test func anEndlessNameIsBounded() throws {
        for name in [String(repeating: "n", count: 3000), String(repeating: #"\\"#, count: 3000)] {
            let stat = try #require(parse(statLine(command: name), ThreadStat.parse))
            #expect(stat.command.utf8.count == 64)
        }
    }

    @Test func knowsKernelThreads() throws {
        let stat = try #require(parse(statLine(flags: 0x208040), ThreadStat.parse))
        #expect(stat.isKernelThread)
    }

    @Test func negativeResidentPagesAreNone() throws {
        let line = statLine().replacing(" 321 ", with: " -3 ")
        #expect(try #require(parse(line, ThreadStat.parse)).residentBytes == 0)
    }

    @Test func cutBytesAreRefused() {
        let line = statLine()
        let last = line.firstRange(of: "17 3 ").map { line.index(before: $0.upperBound) }
        for cut in truncations(of: line) where cut.endIndex <= (last ?? line.startIndex) {
            #expect(parse(cut, ThreadStat.parse) == nil, "\(cut)")
        }
    }

    @Test(arguments: [
        "", "12 worker S 7", "12 )( S 7", "12 (a) SS 7 1 1",
        statLine().replacing(" 205 ", with: " x "),
        statLine().replacing(" 205 ", with: " 99999999999999999999 "),
        statLine().replacing(" S 7 ", with: " S 2147483648 "),
    ])
    func otherBytesAreRefused(text: String) {
        #expect(parse(text, ThreadStat.parse) == nil)
    }

    @Test func hostileBytesNeverTrap() {
        for seed in 0..<2_000 as Range<UInt64> {
            let bytes = Array("1 (a) S ".utf8) + hostileBytes(count: Int(seed % 300), seed: seed)
            _ = parse(bytes, ThreadStat.parse)
        }
    }
}
