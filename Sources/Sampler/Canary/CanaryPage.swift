// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// What the canary counts of itself, in a page that it shares with the agent.
package final class CanaryPage: Sendable {
    /// The canary's figures; each only grows, but `longestGapNanoseconds` which is a maximum.
    package struct Figures: Sendable, Equatable {
        package var rounds: UInt64 = 0
        /// Waits that failed with EINTR though no signal was sent.
        package var interruptedWaits: UInt64 = 0
        /// Transfers that moved less than they should have.
        package var shortTransfers: UInt64 = 0
        package var signalsReceived: UInt64 = 0
        /// Signals that came twice, not at all or in another order.
        package var signalsMisplaced: UInt64 = 0
        /// Time in which its own clock showed that it did not run.
        package var gapNanoseconds: UInt64 = 0
        package var longestGapNanoseconds: UInt64 = 0

        package init() {}
    }

    enum Word: Int {
        case rounds, interruptedWaits, shortTransfers, signalsReceived, signalsMisplaced
        case gapNanoseconds, longestGapNanoseconds
    }

    private let words: SharedWords

    /// Maps a file of one page; nil if it can't be mapped.
    package init?(descriptor: Int32) {
        guard let words = SharedWords(descriptor: descriptor) else { return nil }
        self.words = words
    }

    func add(_ value: UInt64, to word: Word) { words.add(value, word.rawValue) }

    func raise(_ word: Word, to value: UInt64) {
        if value > words.load(word.rawValue) { words.store(value, word.rawValue) }
    }

    /// Reads all figures.
    package var figures: Figures {
        var figures = Figures()
        figures.rounds = words.load(Word.rounds.rawValue)
        figures.interruptedWaits = words.load(Word.interruptedWaits.rawValue)
        figures.shortTransfers = words.load(Word.shortTransfers.rawValue)
        figures.signalsReceived = words.load(Word.signalsReceived.rawValue)
        figures.signalsMisplaced = words.load(Word.signalsMisplaced.rawValue)
        figures.gapNanoseconds = words.load(Word.gapNanoseconds.rawValue)
        figures.longestGapNanoseconds = words.load(Word.longestGapNanoseconds.rawValue)
        return figures
    }
}
