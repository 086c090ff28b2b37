// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

internal import CPtrace
internal import Profiles
internal import SystemPackage

/// Waits for the stops and ends of all tracees of the thread that calls it.
///
/// It looks for the next one first where that is quicker than to sleep (`SpinChoice`), and keeps
/// the caller on its tracee's CPU where it is not.
struct CallEvents: ~Copyable {
    enum Next: Equatable {
        case event(TraceEvent, Sighting)
        /// Nothing came until the deadline.
        case timeout
        /// There is no tracee left (ECHILD).
        case nobody
    }

    /// How an event was met, which bounds for how long it had waited.
    enum Sighting: Equatable {
        /// It was not there yet at that instant.
        case looking(since: MonotonicInstant)
        /// It woke the caller, at that instant.
        case asleep(wokeAt: MonotonicInstant)
    }

    private var cpu = TracerCPU()
    private var spin = SpinChoice()
    /// Nil where looking is not limited.
    private var allowance: SpinAllowance?
    private var emptyAt = MonotonicInstant.now()
    /// Ends sleeps at their deadlines; nil where none has one.
    private let timer: DeadlineTimer?

    private let spinNanoseconds: UInt64

    /// - Parameters:
    ///   - timer: of the calling thread.
    ///   - spinNanoseconds: for how long to look; as it is, for so long as it takes to wake a CPU
    ///     that sleeps. What looks for longer does so for a part of the time only
    ///     (`SpinAllowance`).
    init(timer: consuming DeadlineTimer? = nil, spinNanoseconds: UInt64 = shortSpin) {
        self.timer = timer
        self.spinNanoseconds = spinNanoseconds
        allowance = spinNanoseconds > Self.shortSpin ? SpinAllowance() : nil
    }

    private static let shortSpin: UInt64 = 50_000

    /// Whether the caller may be on another CPU than its tracees.
    var isFree: Bool { cpu.isFree }

    /// Waits for the next one.
    ///
    /// - Parameter deadline: nil waits for ever; only with a timer may there be one.
    mutating func next(before deadline: MonotonicInstant? = nil) -> Next {
        while true {
            do throws(Errno) {
                if cpu.isFree, spin.spins {
                    if maySpin(), let found = try look(until: deadline) { return found }
                } else {
                    spin.note(isFound: false)
                }
                if let deadline, MonotonicInstant.now() >= deadline { return .timeout }
                if let event = try sleep(until: deadline) { return event }
            } catch {
                if error != .interrupted { return .nobody }
                emptyAt = .now()
            }
        }
    }

    /// Looks once at one tracee, or with nil at all.
    func peek(_ thread: ThreadID? = nil) -> TraceEvent? { try? TraceEvent.peek(thread) }

    /// Moves the caller to a thread that stopped, if that is of use.
    mutating func follow(_ thread: ThreadID) {
        if !spin.spins { cpu.follow(thread) }
    }

    private mutating func maySpin() -> Bool {
        allowance?.permits(nowNanoseconds: MonotonicInstant.now().nanoseconds) ?? true
    }

    private mutating func look(until deadline: MonotonicInstant?) throws(Errno) -> Next? {
        let began = MonotonicInstant.now()
        var now = began
        let end = began.advanced(byNanoseconds: spinNanoseconds)
        defer { allowance?.spend(nanoseconds: now.nanoseconds(since: began)) }
        repeat {
            if let event = try TraceEvent.peek(nil) {
                now = .now()
                spin.note(isFound: true)
                return .event(event, .looking(since: emptyAt))
            }
            emptyAt = now
            cptrace_relax()
            now = .now()
            // What was cut short says nothing of what it would have found.
            if let deadline, now >= deadline { return nil }
        } while now < end
        spin.note(isFound: false)
        return nil
    }

    private mutating func sleep(until deadline: MonotonicInstant?) throws(Errno) -> Next? {
        if let deadline {
            timer?.arm(nanoseconds: deadline.nanoseconds(since: .now()))
        }
        defer { if deadline != nil { timer?.disarm() } }
        guard let event = try TraceEvent.await(nil) else { return nil }
        let now = MonotonicInstant.now()
        emptyAt = now
        return .event(event, .asleep(wokeAt: now))
    }
}
