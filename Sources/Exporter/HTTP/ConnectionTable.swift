// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// The connections of a server, of which there are so many at most.
///
/// When one too many comes, the one is closed that has waited longest without a whole request: a
/// client that sends none, or sends it byte by byte, can't keep others out.
final class ConnectionTable: Sendable {
    typealias Close = @Sendable () -> Void

    /// A connection, as long as it is open.
    struct Ticket: Hashable, Sendable {
        fileprivate let number: UInt64
    }

    private struct Entry {
        let close: Close
        /// When it began to wait for a request, in the order of such events; nil while one is
        /// answered.
        var waitingSince: UInt64?
    }

    private struct State {
        var entries: [Ticket: Entry] = [:]
        var events: UInt64 = 0
        var evictions: UInt64 = 0
    }

    private let maximum: Int
    private let state = Mutex(State())

    init(maximum: Int) { self.maximum = maximum }

    /// Connections that were closed to make room.
    var evictions: UInt64 { state.withLock { $0.evictions } }

    /// Takes in a connection, which may be the one that is closed at once.
    ///
    /// - Parameter close: closes it; is called at most once, on whichever thread.
    func add(close: @escaping Close) -> Ticket {
        let (ticket, evicted) = state.withLock { state -> (Ticket, Close?) in
            state.events += 1
            let ticket = Ticket(number: state.events)
            state.entries[ticket] = Entry(close: close, waitingSince: state.events)
            guard state.entries.count > maximum else { return (ticket, nil) }
            let oldest = state.entries
                .compactMap { key, entry in entry.waitingSince.map { (key, $0) } }
                .min { $0.1 < $1.1 }
            state.evictions += 1
            return (ticket, state.entries.removeValue(forKey: oldest?.0 ?? ticket)?.close)
        }
        evicted?()
        return ticket
    }

    /// Says that a whole request has come, or has been answered.
    func set(_ ticket: Ticket, isWaiting: Bool) {
        state.withLock { state in
            state.events += 1
            state.entries[ticket]?.waitingSince = isWaiting ? state.events : nil
        }
    }

    /// Forgets a connection that is closed.
    func remove(_ ticket: Ticket) {
        _ = state.withLock { $0.entries.removeValue(forKey: ticket) }
    }
}
