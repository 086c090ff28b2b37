// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Profiles
import Testing

@testable import Sampler

@Suite struct MemoryMapsTests {
    private static let text = """
        55d0a0000000-55d0a0001000 r--p 00000000 08:01 1234                       /usr/bin/app
        55d0a0001000-55d0a0005000 r-xp 00001000 08:01 1234                       /usr/bin/app
        55d0a0006000-55d0a0007000 rw-p 00005000 08:01 1234                       /usr/bin/app
        7f0000000000-7f0000010000 rwxp 00000000 00:00 0 \n\
        7f0000020000-7f0000030000 r-xs 00000000 103:0a 77                        /tmp/a b (deleted)
        7f0000040000-7f0000050000 r-xp 00000000 00:05 9                          /x\\012y\\101
        7ffff0000000-7ffff0002000 r-xp 00000000 00:00 0                          [vdso]
        ffffffffff600000-ffffffffff601000 --xp 00000000 00:00 0                  [vsyscall]

        """

    private func maps(_ text: String) -> MemoryMaps { parse(text) { MemoryMaps.parse($0) } }

    @Test func keepsWhatHoldsCode() {
        let maps = maps(Self.text)
        #expect(maps.unreadableLines == 0)
        #expect(
            maps.mappings.map(\.backing) == [
                .file(path: Array("/usr/bin/app".utf8), isDeleted: false), .anonymous,
                .file(path: Array("/tmp/a b".utf8), isDeleted: true),
                .file(path: Array("/x\ny\\101".utf8), isDeleted: false), .vdso, .vsyscall,
            ]
        )
    }

    @Test func readsTheColumns() throws {
        let maps = maps(Self.text)
        let app = try #require(maps.mappings.first)
        #expect(
            app
                == ExecutableMapping(
                    start: Address(0x55d0_a000_1000),
                    end: Address(0x55d0_a000_5000),
                    permissions: [.read, .execute],
                    fileOffset: 0x1000,
                    device: DeviceNumber(major: 8, minor: 1),
                    inode: 1234,
                    backing: .file(path: Array("/usr/bin/app".utf8), isDeleted: false)
                )
        )
        #expect(maps.mappings[1].permissions == [.read, .write, .execute])
        #expect(maps.mappings[2].permissions == [.read, .execute, .shared])
        #expect(maps.mappings[2].device == DeviceNumber(major: 0x103, minor: 0x0a))
    }

    @Test(arguments: [
        (0x55d0_a000_0fff, nil), (0x55d0_a000_1000, 0), (0x55d0_a000_4fff, 0),
        (0x55d0_a000_5000, nil), (0xffff_ffff_ff60_0000, 5), (0, nil), (UInt64.max, nil),
    ])
    func findsTheMappingOfAnAddress(address: UInt64, index: Int?) {
        let maps = maps(Self.text)
        #expect(maps.mapping(at: Address(address)) == index.map { maps.mappings[$0] })
    }

    @Test(arguments: [
        "0-0 r-xp 0 0:0 0\n", "2000-1000 r-xp 0 0:0 0\n", "1000-2000 r-x 0 0:0 0\n",
        "1000-2000 r-xp 0 0-0 0\n", "1000-2000\n", "\n", "garbage\n",
        "1000-10000000000000000 r-xp 0 0:0 0\n", "1000-2000 r-xp 0 0:0\n", "1000-2000 r-xp 0 0:0 0",
    ])
    func countsUnreadableLines(line: String) {
        let maps = maps(line)
        #expect(maps.unreadableLines == 1)
        #expect(maps.mappings.isEmpty)
    }

    @Test func linesThatOverlapAreRefused() {
        let maps = maps("1000-3000 r-xp 0 0:0 0\n2000-4000 r-xp 0 0:0 0\n")
        #expect(maps.mappings.count == 1)
        #expect(maps.unreadableLines == 1)
    }

    @Test func theLinesAreBounded() {
        let line = { (index: Int) in
            String(index * 4096, radix: 16) + "-" + String(index * 4096 + 4096, radix: 16)
                + " r--p 0 0:0 0\n"
        }
        let full = (0..<MemoryMaps.maximumLines).map(line).joined()
        #expect(!maps(full).hitLineLimit)
        #expect(maps(full + line(MemoryMaps.maximumLines)).hitLineLimit)
    }

    @Test func tellsThatBytesWereCut() {
        let maps = parse("1000-2000 r-xp 0 0:0 0\n3000-4") {
            MemoryMaps.parse($0, isTruncated: true)
        }
        #expect(maps.hitByteLimit)
        #expect(maps.mappings.count == 1)
    }

    @Test func hostileBytesNeverTrap() {
        for seed in 0..<2_000 as Range<UInt64> {
            let noise = hostileBytes(count: Int(seed % 120), seed: seed)
            for start in ["", "1000-2000 ", "1000-2000 r-xp 0 ", "1000-2000 r-xp 0 0:0 1 "] {
                _ = parse(Array(start.utf8) + noise) { MemoryMaps.parse($0) }
            }
        }
    }
}
