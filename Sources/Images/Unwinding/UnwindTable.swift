// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// The unwind rules of one file, compiled page by page when they are first asked for.
///
/// The functions of Go decide where they are; else `.eh_frame` where it describes an address, and
/// `.debug_frame` elsewhere. The table belongs to one isolation domain; the sections that it is
/// made from can come from another.
package final class UnwindTable {
    /// What the table has done so far.
    package private(set) var counts = UnwindCounts()

    private let tables: [FrameTable]
    private let goFunctions: GoFunctionTable?
    private let limits: UnwindLimits
    /// The address of the first page; pages are counted from it.
    private let base: UInt64
    private var pages: [UnwindPage]
    private var pageBytes = 0
    private var useCount: UInt64 = 0
    private var rules = UnwindRuleSet()
    private let cache: UnwindRuleCache
    private let pageCount: UInt64

    /// A table of the sections of a file; it compiles nothing yet.
    package init(_ sections: UnwindSections, limits: UnwindLimits = .standard) {
        self.limits = limits
        tables = sections.tables
        goFunctions = sections.goFunctions
        let ranges = tables.compactMap(\.addresses) + [goFunctions?.addresses].compactMap(\.self)
        let start = ranges.map(\.lowerBound).min() ?? 0
        let end = ranges.map(\.upperBound).max() ?? 0
        base = start & ~(UnwindPage.span - 1)
        let lastPage = (max(end, 1) - 1 - base) / UnwindPage.span
        pageCount = ranges.isEmpty ? 0 : min(lastPage + 1, Self.pageLimit)
        pages = Array(repeating: UnwindPage(), count: Int(pageCount))
        cache = UnwindRuleCache(
            functionCount: tables.map(\.index.count).reduce(goFunctions?.count ?? 0, +)
        )
        counts.droppedRecords = tables.reduce(0) { $0 &+ UInt64($1.index.droppedRecords) }
    }

    /// The most pages: one GiB of code, several times the largest program known.
    private static let pageLimit: UInt64 = 1 << 14

    /// The memory that the table holds, in bytes; its sections are the most of it.
    package var byteCount: Int {
        tables.reduce(pageBytes + rules.byteCount + cache.byteCount) {
            $0 + $1.section.byteCount + $1.index.byteCount
        } + (goFunctions?.byteCount ?? 0) + pages.capacity * MemoryLayout<UnwindPage>.stride
    }

    /// The memory of the compiled pages alone, in bytes.
    package var compiledByteCount: Int { pageBytes }

    /// How many different rules the compiled pages have.
    package var ruleCount: Int { rules.count }

    /// Gives the memory of compiled pages back, those used longest ago first.
    ///
    /// - Parameter limit: How many bytes of them may stay.
    package func releasePages(to limit: Int) { evict(to: limit, except: nil) }

    /// Finds the caller of a frame, and makes the registers those of the caller.
    ///
    /// Where no caller is found the registers stay as they are. Where one is, only those are known
    /// that the rule proves, and the stack pointer is where it was before the call.
    ///
    /// - Parameters:
    ///   - address: Where to look: the frame's program counter if it was interrupted, and the byte
    ///     before if it called, since a call may be the last instruction of its function.
    ///   - registers: Those of the frame.
    ///   - isInnermost: Whether the frame was interrupted, and did not call: the innermost one, or
    ///     the caller of a signal frame.
    package func step(
        at address: ImageAddress,
        registers: inout RegisterFile,
        stack: StackBytes,
        isInnermost: Bool
    ) -> UnwindStep {
        let rule = rule(at: address)
        switch rule.kind {
        case .register, .load, .linkageTable:
            return rule.apply(to: &registers, stack: stack, isInterrupted: isInnermost)
        case .gap: return .noRule
        case .outermost: return .outermost
        case .stackSwitch: return .stackSwitch
        case .malformed: return .malformed
        case .slow:
            counts.slowSteps &+= 1
            return evaluate(at: address, &registers, stack, isInterrupted: isInnermost)
        }
    }

    /// Where the function at an address begins; nil where no record is about it.
    package func functionStart(at address: ImageAddress) -> ImageAddress? {
        for table in tables {
            if let start = table.functionStart(at: address.rawValue) { return ImageAddress(start) }
        }
        return nil
    }

    /// The rule at an address, whose page is compiled if it is not.
    func rule(at address: ImageAddress) -> UnwindRule {
        let relative = address.rawValue &- base
        if let rule = cache.rule(for: relative) { return rule }
        guard relative / UnwindPage.span < pageCount else { return UnwindRule(.gap) }
        let place = Int(relative / UnwindPage.span)
        if !pages[place].isCompiled { compile(place) }
        useCount &+= 1
        pages[place].lastUse = useCount
        let rule = rules[pages[place].rule(at: UInt16(truncatingIfNeeded: relative))]
        cache.set(rule, for: relative)
        return rule
    }

    /// Steps by all rules of a row, without its compiled form.
    ///
    /// Never part of `step`, which would copy all registers to be ready for it.
    @inline(never)
    func evaluate(
        at address: ImageAddress,
        _ registers: inout RegisterFile,
        _ stack: StackBytes,
        isInterrupted: Bool
    ) -> UnwindStep {
        for table in tables {
            switch table.row(at: address.rawValue, instructionLimit: limits.stepInstructions) {
            case .row(let row, let common):
                let evaluation = FrameEvaluation(
                    row: row,
                    common: common,
                    section: table.section,
                    registers: registers,
                    stack: stack,
                    isInterrupted: isInterrupted
                )
                return evaluation.step(&registers)
            case .malformed: return .malformed
            case .gap: continue
            }
        }
        return .noRule
    }

    private func compile(_ place: Int) {
        var builder = goFunctions.map { compile($0, place) }
        for table in tables {
            let compiler = UnwindCompiler(
                table,
                pageAt: base &+ UInt64(place) &* UnwindPage.span,
                instructionLimit: limits.pageInstructions,
                &rules
            )
            if compiler.isCut { counts.cutPages &+= 1 }
            counts.droppedRecords &+= compiler.droppedRecords
            if builder == nil {
                builder = compiler.page
            } else {
                builder?.fillGaps(from: compiler.page)
            }
        }
        counts.ruleOverflows = rules.overflowCount
        counts.compiledPages &+= 1
        let page = UnwindPage(builder ?? UnwindPageBuilder())
        pageBytes += page.byteCount
        pages[place] = page
        evict(to: limits.pageBytes, except: place)
    }

    private func compile(_ functions: GoFunctionTable, _ place: Int) -> UnwindPageBuilder {
        let compiler = GoUnwindCompiler(
            functions,
            pageAt: base &+ UInt64(place) &* UnwindPage.span,
            rowLimit: limits.pageInstructions,
            &rules
        )
        if compiler.isCut { counts.cutPages &+= 1 }
        return compiler.page
    }

    private func evict(to limit: Int, except kept: Int?) {
        while pageBytes > max(0, limit) {
            let oldest = pages.indices.filter { pages[$0].isCompiled && $0 != kept }
                .min { pages[$0].lastUse < pages[$1].lastUse }
            guard let oldest else { return }
            pageBytes -= pages[oldest].byteCount
            pages[oldest] = UnwindPage()
            counts.evictedPages &+= 1
        }
    }
}
