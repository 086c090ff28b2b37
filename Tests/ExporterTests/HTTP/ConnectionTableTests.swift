// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Synchronization
import Testing

@testable import Exporter

@Suite struct ConnectionTableTests {
    private final class Closed: Sendable {
        let names = Mutex<[String]>([])

        func closing(_ name: String) -> ConnectionTable.Close {
            { self.names.withLock { $0.append(name) } }
        }

        var all: [String] { names.withLock { $0 } }
    }

    @Test func theOneThatHasWaitedLongestGoes() {
        let closed = Closed()
        let table = ConnectionTable(maximum: 2)
        let first = table.add(close: closed.closing("first"))
        let second = table.add(close: closed.closing("second"))
        #expect(closed.all.isEmpty)
        // It is answered, and waits again: so the other has waited longer.
        table.set(first, isWaiting: false)
        table.set(first, isWaiting: true)
        let third = table.add(close: closed.closing("third"))
        #expect(closed.all == ["second"])
        table.remove(second)
        table.set(third, isWaiting: false)
        _ = table.add(close: closed.closing("fourth"))
        #expect(closed.all == ["second", "first"])
        #expect(table.evictions == 2)
    }

    @Test func whatIsBeingAnsweredStays() {
        let closed = Closed()
        let table = ConnectionTable(maximum: 1)
        let first = table.add(close: closed.closing("first"))
        table.set(first, isWaiting: false)
        _ = table.add(close: closed.closing("late"))
        #expect(closed.all == ["late"])
        table.remove(first)
        _ = table.add(close: closed.closing("next"))
        #expect(closed.all == ["late"])
    }
}
