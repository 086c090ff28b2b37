// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

internal import Profiles

extension SystemCallSelection {
    /// Why a text selects no calls; its description is one line for whoever wrote it.
    package enum Unknown: Error, Equatable, CustomStringConvertible {
        /// Neither a call nor a set, and what it may be meant for.
        case word(String, meant: String?)
        case empty
        case tooLong
        case tooManyWords

        package var description: String {
            switch self {
            case .word(let word, let meant):
                "unknown system call '\(LabelValue(sanitising: word))'"
                    + (meant.map { "; is '\($0)' meant?" } ?? "")
            case .empty: "no system call is named"
            case .tooLong: "more than \(maximumBytes) bytes of system calls"
            case .tooManyWords: "more than \(maximumWords) system calls named"
            }
        }
    }

    /// The name that a word that is none may be meant for, or nil if none is near.
    ///
    /// Native names come before those of 32-bit calls, and a name that begins or ends with the word
    /// (`pread`, `fstatat`) before one that is spelled alike.
    static func suggestion(for word: String) -> String? {
        guard word.utf8.count <= longestWord else { return nil }
        let word = word.lowercased()
        let sets = ["net"] + SystemCallSets.byName.keys
        if word.hasPrefix("%") { return nearest(to: word, of: sets.map { "%" + $0 }) }
        let native = ["all", "none"] + sets + SystemCallNames.numbers.keys
        return nearest(to: word, of: native)
            ?? nearest(to: word, of: Array(SystemCallNames.numbers32.keys))
    }

    private static func nearest(to word: String, of names: [String]) -> String? {
        let length = word.utf8.count
        if length >= shortestPart, let name = shortest(of: names, with: word) { return name }
        // Two changes make any short word into another.
        let limit = length > shortestPart + 1 ? 2 : 1
        return names.filter { abs($0.utf8.count - length) <= limit }
            .map { (distance: distance(from: word, to: $0), name: $0) }
            .filter { $0.distance <= limit && $0.distance < length }
            .min { ($0.distance, $0.name) < ($1.distance, $1.name) }?
            .name
    }

    /// The name that a manual page has without its version's number (`pread64`, `umount2`), or the
    /// shortest one that begins or ends with a part.
    private static func shortest(of names: [String], with part: String) -> String? {
        let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
        return names.filter { $0.hasPrefix(part) || $0.hasSuffix(part) }
            .map { name in
                let rest =
                    name.hasPrefix(part) ? name.utf8.dropFirst(part.utf8.count) : name.utf8[...]
                return (rest.allSatisfy(digits.contains) ? 0 : 1, name.utf8.count, name)
            }
            .min { $0 < $1 }?
            .2
    }

    /// How many letters are put in, left out, changed, or swapped with the next one, between two
    /// words (the optimal string alignment distance).
    private static func distance(from word: String, to name: String) -> Int {
        let word = Array(word.utf8)
        let name = Array(name.utf8)
        var rows = [Array(0...name.count)]
        for line in word.indices {
            var row = [line + 1]
            for column in name.indices {
                let changed = rows[line][column] + (word[line] == name[column] ? 0 : 1)
                var least = min(changed, rows[line][column + 1] + 1, row[column] + 1)
                if line > 0, column > 0, word[line] == name[column - 1],
                    word[line - 1] == name[column]
                {
                    least = min(least, rows[line - 1][column - 1] + 1)
                }
                row.append(least)
            }
            rows.append(row)
        }
        return rows[word.count][name.count]
    }

    /// A part of a name that is not there by chance, in letters.
    private static let shortestPart = 3

    /// Longer than the longest name, with some letters too many.
    private static let longestWord = 40
}
