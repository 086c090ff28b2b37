// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// What `readelf -wNF` (`--debug-dump=no-follow-links,frames-interp`) prints for a file.
struct FrameListing {
    /// One row: the text of the four columns that are compared.
    struct Row: Equatable {
        var address: UInt64
        var frameAddress: Substring
        var framePointer: Substring
        var base: Substring
        var returnAddress: Substring
    }

    /// One FDE with its rows; a function without instructions has those of its CIE.
    struct Function {
        var addresses: Range<UInt64>
        var rows: [Row]
    }

    private(set) var functions: [Function] = []

    private var commons: [Substring: Row] = [:]
    private var columns: [Substring] = []
    /// The CIE whose rows follow, or nil if those of the last function do.
    private var common: Substring?
    /// Whether rows of the last function were printed.
    private var hasRows = false

    /// Lists the first frame section of a file, the one that is mapped.
    ///
    /// - Parameter lineLimit: How many lines are read; nil for all.
    init(of path: String, lineLimit: Int?) throws {
        let part = lineLimit.map { " | head -n \($0)" } ?? ""
        for line in try lines(of: "LC_ALL=C readelf -wNF '\(path)'" + part) {
            if line.hasPrefix("Contents of the .debug_frame") { break }
            // A register is listed as `r8 (r8)`.
            let words = line.split(separator: " ").filter { !$0.hasPrefix("(") }
            if words.first == "LOC" {
                columns = words
            } else if words.count > 3, words[3] == "CIE" {
                common = words[0]
            } else if words.count > 5, words[3] == "FDE" {
                addFunction(words)
            } else if !columns.isEmpty, words.count == columns.count {
                addRow(words)
            }
        }
    }

    // 00000018 0000000000000024 0000001c FDE cie=00000000 pc=0000000000026000..0000000000026360
    private mutating func addFunction(_ words: [Substring]) {
        common = nil
        hasRows = false
        let bounds = words[5].dropFirst(3).split(separator: ".").compactMap {
            UInt64($0, radix: 16)
        }
        guard bounds.count == 2, bounds[0] <= bounds[1] else { return }
        let initial = commons[words[4].dropFirst(4)]
        functions.append(Function(addresses: bounds[0]..<bounds[1], rows: []))
        if var initial {
            initial.address = bounds[0]
            functions[functions.count - 1].rows = [initial]
        }
    }

    private mutating func addRow(_ words: [Substring]) {
        func column(_ name: Substring) -> Substring {
            columns.firstIndex(of: name).map { words[$0] } ?? "u"
        }
        // A line such as `000256cc ZERO terminator` is none.
        guard words[0].utf8.count == 16, let address = UInt64(words[0], radix: 16) else { return }
        let row = Row(
            address: address,
            frameAddress: column("CFA"),
            framePointer: column("rbp"),
            base: column("rbx"),
            returnAddress: column("ra")
        )
        if let common {
            commons[common] = row
        } else if !functions.isEmpty {
            let last = functions.count - 1
            if !hasRows { functions[last].rows = [] }
            hasRows = true
            // Of several rows at one address the last one holds.
            if functions[last].rows.last?.address == address { functions[last].rows.removeLast() }
            functions[last].rows.append(row)
        }
    }
}
