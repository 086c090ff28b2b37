// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// Compiles the functions of a section that lie in one page of addresses.
struct UnwindCompiler {
    /// The rows.
    private(set) var page = UnwindPageBuilder()
    /// Whether the limit of instructions was reached before the end of the page.
    private(set) var isCut = false
    /// How many functions have records that cannot be read.
    private(set) var droppedRecords: UInt64 = 0

    private let table: FrameTable
    private let addresses: Range<UInt64>
    private var instructionsLeft: Int
    // A rule is most often that of one of the rows before it, and its number then is at hand.
    private var lastRule = UnwindRule(.gap)
    private var lastNumber = UnwindRuleSet.gap

    /// Compiles a page.
    ///
    /// - Parameters:
    ///   - start: The first address.
    ///   - rules: The rules of the file, to which new ones are added.
    init(
        _ table: FrameTable,
        pageAt start: UInt64,
        instructionLimit: Int,
        _ rules: inout UnwindRuleSet
    ) {
        self.table = table
        addresses = UnwindPage.addresses(from: start)
        instructionsLeft = instructionLimit
        compile(&rules)
    }

    private mutating func compile(_ rules: inout UnwindRuleSet) {
        var cache = InitialRowCache()
        var place = max(0, table.index.countOfStarts(upTo: addresses.lowerBound) - 1)
        while place < table.index.count, table.index.start(at: place) < addresses.upperBound {
            guard instructionsLeft > 0 else {
                isCut = true
                return page.set(
                    UnwindRuleSet.malformed,
                    from: table.index.start(at: place),
                    in: addresses
                )
            }
            // Reading a record counts as one instruction, and as those of its CIE.
            instructionsLeft -= 1
            if let function = table.function(at: place, &cache) {
                instructionsLeft -= function.initial.instructionCount
                add(function, &rules)
            } else {
                droppedRecords += 1
            }
            place += 1
        }
    }

    private mutating func add(_ function: FrameTable.Function, _ rules: inout UnwindRuleSet) {
        let bounds = function.addresses.clamped(to: addresses)
        guard !bounds.isEmpty else { return }
        var program = FrameProgram(
            table.section,
            function.entry,
            after: function.initial,
            instructionLimit: instructionsLeft
        )
        var step = program.next()
        while case .row(let range) = step, range.lowerBound < bounds.upperBound {
            if range.overlaps(bounds) {
                let rule = UnwindRule(program.row, of: function.initial.common, in: table.section)
                page.set(
                    number(of: rule, &rules),
                    from: range.clamped(to: bounds).lowerBound,
                    in: addresses
                )
            }
            step = program.next()
        }
        instructionsLeft -= program.instructionCount
        if case .malformed(let address) = step, address < bounds.upperBound {
            page.set(UnwindRuleSet.malformed, from: max(address, bounds.lowerBound), in: addresses)
        }
        // The next function begins there or later.
        page.set(UnwindRuleSet.gap, from: bounds.upperBound, in: addresses)
    }

    private mutating func number(of rule: UnwindRule, _ rules: inout UnwindRuleSet) -> UInt16 {
        if rule != lastRule {
            lastNumber = rules.number(of: rule)
            lastRule = rule
        }
        return lastNumber
    }
}
