// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Images

@Suite struct NameScannerTests {
    @Test func takesBytesAndNumbersAndStopsAtTheEnd() {
        // A slice, whose first index is not 0.
        var scanner = NameScanner(Array("xx12ab".utf8)[2...])
        let numbers = [scanner.takeNumber(), scanner.takeNumber()]
        #expect(numbers == [12, nil])
        #expect(scanner.peek() == UInt8(ascii: "a"))
        let matches = [scanner.take("b"), scanner.take("a")]
        #expect(matches == [false, true])
        let tooMany = [scanner.take(count: 2), scanner.take(count: -1)]
        #expect(tooMany == [nil, nil])
        let last = scanner.take(count: 1)
        #expect(last?.elementsEqual("b".utf8) == true)
        #expect(scanner.isAtEnd)
        let none = (scanner.take(), scanner.take(count: 0))
        #expect(none.0 == nil)
        #expect(none.1?.isEmpty == true)
        scanner.skip(Int.max)
        #expect(scanner.position == 4)
        #expect(scanner.rest.isEmpty)
    }

    @Test func numbersBeyondAllSenseAreTheLargest() {
        var scanner = NameScanner(Array("99999999999999999999999999x".utf8)[...])
        let number = scanner.takeNumber()
        #expect(number == Int.max)
        #expect(scanner.peek() == UInt8(ascii: "x"))
    }

    @Test func goesBackOnlyToWhatWasPassed() {
        var scanner = NameScanner([1, 2, 3])
        scanner.skip(2)
        let rewinds = [scanner.rewind(to: 2), scanner.rewind(to: -1), scanner.rewind(to: 0)]
        #expect(rewinds == [false, false, true])
        let first = scanner.take()
        #expect(first == 1)
        scanner.resume(at: 99)
        #expect(scanner.isAtEnd)
    }
}
