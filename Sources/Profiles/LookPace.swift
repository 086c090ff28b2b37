// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

internal import Glibc

/// When to look at one thread: at each tick while it uses CPU time, rarely while it does not.
///
/// A rare look is at a random tick of a block of ticks and stands for the whole block, so a sample
/// that it leads to weighs as many times more. Looks that only grow rarer while a thread sleeps,
/// and frequent once it was found running, march in step with a thread that runs now and then: of
/// one that computes 0.5 ms in every 10.5, they found it on a CPU at 13 of 200 points.
package struct LookPace: Hashable, Sendable {
    /// A thread that uses this share of a CPU is looked at at each tick; one that uses a tenth of
    /// it at each tenth.
    package static let everyTickShare = 0.02
    /// For how long its use of the CPU is remembered.
    package static let memoryNanoseconds = 1e9

    /// The tick of the next look; a new thread is looked at at once.
    package private(set) var nextTick: UInt64 = 0
    /// How many ticks that look stands for.
    package private(set) var blockTicks: UInt64 = 1
    /// The first tick after the block.
    private var blockEnd: UInt64 = 0
    /// The share of a CPU that it used lately; at first a guess, so that a new thread is looked at
    /// again soon.
    private var share = 0.005

    package init() {}

    /// Takes in what a thread used since the look before.
    ///
    /// - Parameter elapsedNanoseconds: since the look before; 0 at the first.
    package mutating func note(runNanoseconds: UInt64, elapsedNanoseconds: UInt64) {
        let kept = exp(-Double(elapsedNanoseconds) / Self.memoryNanoseconds)
        share = share * kept + Double(runNanoseconds) / Self.memoryNanoseconds
    }

    /// Plans the look after one at `tick`.
    ///
    /// - Parameters:
    ///   - isRunning: whether that one found it able to run.
    ///   - longestTicks: most ticks that a look may stand for.
    package mutating func plan(
        tick: UInt64,
        isRunning: Bool,
        longestTicks: UInt64,
        using generator: inout some RandomNumberGenerator
    ) {
        let rarity = isRunning ? 1 : Self.everyTickShare / max(share, 1e-9)
        blockTicks = UInt64(min(max(rarity, 1), Double(max(longestTicks, 1))))
        let begin = max(blockEnd, tick + 1)
        blockEnd = begin + blockTicks
        nextTick = blockTicks == 1 ? begin : begin + .random(in: 0..<blockTicks, using: &generator)
    }

    /// Puts the next look off to the next tick.
    package mutating func putOff(tick: UInt64) {
        nextTick = tick + 1
        blockEnd = max(blockEnd, tick + 2)
    }
}
