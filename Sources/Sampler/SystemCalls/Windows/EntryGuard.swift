// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

package import Profiles

/// Decides whether a thread that runs may be interrupted, so that its calls can be watched.
///
/// It is one stop as any visit's, which may cut a transfer short where it finds the thread in the
/// kernel (`TransferGuard`). But the threads whose calls are of interest are often there most of
/// the time. So one whose transfers are of a page at most, which the kernel moves in one piece, may
/// be interrupted all the same.
package struct EntryGuard: Sendable {
    package enum Decision: Equatable, Sendable {
        case enter
        case leaveAlone(UnwatchedReason)
    }

    /// So many transfers say how large they are.
    private static let evidence: UInt64 = 32
    /// What one of them may move on average: a page.
    private static let pageBytes: UInt64 = 4_096

    private var times = TransferGuard()
    private var earlier: TransferCounts?
    private var hasSmallTransfers = false

    package init() {}

    /// Takes in what the kernel says of the thread.
    ///
    /// - Parameter transfers: nil where it may not be read.
    package mutating func observe(_ stat: ThreadStat, _ transfers: TransferCounts?) {
        times.observe(userTicks: stat.userTicks, systemTicks: stat.systemTicks)
        guard let transfers else { return }
        guard let before = earlier, let change = transfers.since(before) else {
            earlier = transfers
            hasSmallTransfers = false
            return
        }
        // Too few yet: they are counted from the same beginning.
        guard change.calls >= Self.evidence else { return }
        earlier = transfers
        hasSmallTransfers =
            change.readBytes <= change.readCalls * Self.pageBytes
            && change.writtenBytes <= change.writeCalls * Self.pageBytes
    }

    /// Notes that a stop cut a transfer short.
    package mutating func noteShortTransfer(nowNanoseconds: UInt64) {
        times.noteShortTransfer(nowNanoseconds: nowNanoseconds)
        hasSmallTransfers = false
    }

    package func decide(nowNanoseconds: UInt64) -> Decision {
        switch times.decide(nowNanoseconds: nowNanoseconds) {
        case .visit: .enter
        case .withhold(.shortTransfer): .leaveAlone(.systemTime)
        case .withhold(.systemTime): hasSmallTransfers ? .enter : .leaveAlone(.systemTime)
        case .withhold(.tooNew): hasSmallTransfers ? .enter : .leaveAlone(.tooNew)
        }
    }
}
