// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// Compiles the functions of a Go program that lie in one page of addresses, for x86-64.
///
/// A Go function knows its caller from the stack pointer alone. No register is preserved over
/// calls (Go, src/cmd/compile/abi-internal.md), so none is known of the caller.
struct GoUnwindCompiler {
    /// The rows.
    private(set) var page = UnwindPageBuilder()
    /// Whether the limit of rows was reached before the end of the page.
    private(set) var isCut = false

    private let table: GoFunctionTable
    private let addresses: Range<UInt64>
    private var rowsLeft: Int

    /// Compiles a page.
    ///
    /// - Parameters:
    ///   - start: The first address.
    ///   - rules: The rules of the file, to which new ones are added.
    init(
        _ table: GoFunctionTable,
        pageAt start: UInt64,
        rowLimit: Int,
        _ rules: inout UnwindRuleSet
    ) {
        self.table = table
        addresses = UnwindPage.addresses(from: start)
        rowsLeft = rowLimit
        compile(&rules)
    }

    private mutating func compile(_ rules: inout UnwindRuleSet) {
        var place = max(0, table.countOfStarts(upTo: addresses.lowerBound) - 1)
        while place < table.count, table.start(at: place) < addresses.upperBound {
            guard rowsLeft > 0 else {
                isCut = true
                return page.set(
                    UnwindRuleSet.malformed,
                    from: table.start(at: place),
                    in: addresses
                )
            }
            rowsLeft -= 1
            if let function = table.function(at: place) { add(function, &rules) }
            place += 1
        }
    }

    private mutating func add(
        _ function: GoFunctionTable.Function,
        _ rules: inout UnwindRuleSet
    ) {
        let bounds = function.addresses.clamped(to: addresses)
        guard !bounds.isEmpty else { return }
        if let special = special(function) {
            page.set(rules.number(of: UnwindRule(special)), from: bounds.lowerBound, in: addresses)
        } else {
            var depths = table.depths(of: function)
            while let row = depths.next(), row.addresses.lowerBound < bounds.upperBound {
                rowsLeft -= 1
                guard row.addresses.overlaps(bounds) else { continue }
                page.set(
                    rules.number(of: Self.rule(row.depth)),
                    from: row.addresses.clamped(to: bounds).lowerBound,
                    in: addresses
                )
            }
        }
        // The next function begins there or later.
        page.set(UnwindRuleSet.gap, from: bounds.upperBound, in: addresses)
    }

    /// What a function is, where the depth of its stack leads to no caller.
    private func special(_ function: GoFunctionTable.Function) -> UnwindRule.Kind? {
        if function.flags.contains(.outermost) { return .outermost }
        // It leaves a goroutine for good and calls the scheduler: the system stack begins here.
        if table.isNamed("runtime.mcall", function) { return .outermost }
        return function.flags.contains(.writesStackPointer) ? .stackSwitch : nil
    }

    private static func rule(_ depth: Int32) -> UnwindRule {
        guard depth >= 0, depth < Int32.max - 8 else { return UnwindRule(.malformed) }
        return UnwindRule(
            .register,
            register: UInt8(RegisterFile.Number.stackPointer),
            offset: depth + 8,
            .lost,
            .lost,
            unchanged: 0
        )
    }
}
