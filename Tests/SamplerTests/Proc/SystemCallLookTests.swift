// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Profiles
import Testing

@testable import Sampler

@Suite struct SystemCallLookTests {
    private static let blocked =
        "232 0x3 0x7ffc0a8 0x40 0xffffffffffffffff 0x0 0x8 0x7ffc0a0 0x7f2300\n"

    @Test func readsRunning() {
        #expect(parse("running\n", SystemCallLook.parse) == .running)
    }

    @Test func readsABlockedCall() {
        let call = BlockedCall(
            number: 232,
            arguments: [3, 0x7ffc0a8, 0x40, UInt64.max, 0, 8],
            stackPointer: Address(0x7ffc0a0),
            programCounter: Address(0x7f2300)
        )
        #expect(parse(Self.blocked, SystemCallLook.parse) == .blocked(call))
    }

    @Test func comparesEveryArgument() {
        let other = Self.blocked.replacing("0x8 ", with: "0x9 ")
        #expect(parse(Self.blocked, SystemCallLook.parse) != parse(other, SystemCallLook.parse))
    }

    @Test func readsABlockOutsideOfCalls() {
        #expect(
            parse("-1 0x7ffe10 0x401000\n", SystemCallLook.parse)
                == .blockedOutside(
                    stackPointer: Address(0x7ffe10),
                    programCounter: Address(0x401000)
                )
        )
    }

    @Test(arguments: [blocked, "running\n", "-1 0x7ffe10 0x401000\n"])
    func cutBytesAreUnreadable(text: String) {
        for cut in truncations(of: text) {
            #expect(parse(cut, SystemCallLook.parse) == .unreadable, "\(cut)")
        }
    }

    @Test(arguments: [
        "running", "runningx\n", "running\n\n", "-1\n", "2147483648 0x0 0x0\n", "232\n", "\n",
        "-1 7ffe10 401000\n", "-1 0x1 0x2 0x3\n", "1 0x1 0x1 0x1 0x1 0x1 0x1 0x1\n",
        "-1 0x10000000000000000 0x0\n", "99999999999999999999 0x0 0x0\n", "-1 0x1  \n",
    ])
    func otherBytesAreUnreadable(text: String) {
        #expect(parse(text, SystemCallLook.parse) == .unreadable)
    }

    @Test func hostileBytesNeverTrap() {
        for seed in 0..<2_000 as Range<UInt64> {
            let bytes = hostileBytes(count: Int(seed % 200), seed: seed)
            #expect(parse(bytes, SystemCallLook.parse) == .unreadable)
        }
    }
}
