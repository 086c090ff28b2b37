// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// The system calls whose durations an agent is asked for.
package struct TimedCalls: Equatable, Sendable {
    /// Each name costs a group eleven series.
    package static let maximumCount = 8

    /// Names as the manual pages have them.
    package let names: Set<String>

    /// None at all.
    package static let none = TimedCalls()

    private init() { names = [] }

    /// - Throws: `Problem` where a name is no call of this machine's kernel, or names are too many.
    package init(_ list: [String]) throws(Problem) {
        for name in list where SystemCallNames.numbers[name] == nil {
            throw .unknown(name, meant: SystemCallSelection.suggestion(for: name))
        }
        names = Set(list)
        guard names.count <= Self.maximumCount else { throw .tooMany(names.count) }
    }

    /// Why calls can't be timed; its description is one line for whoever named them.
    package enum Problem: Error, Equatable, CustomStringConvertible {
        /// No call, and what it may be meant for.
        case unknown(String, meant: String?)
        case tooMany(Int)

        package var description: String {
            switch self {
            case .unknown(let name, let meant):
                SystemCallSelection.Unknown.word(name, meant: meant).description
            case .tooMany(let count):
                "the durations of \(count) system calls are asked for, and those of "
                    + "\(maximumCount) are kept at most"
            }
        }
    }
}
